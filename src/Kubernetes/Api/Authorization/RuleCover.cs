namespace Kubernetes.Api.Authorization;

/// <summary>Whether someone who holds some rules may give others away (kubernetes pkg/registry/rbac/validation/policy_comparator.go).</summary>
internal static class RuleCover
{
    /// <summary>What of <paramref name="given"/> no single rule of <paramref name="held"/> covers, one resource or path and verb each.</summary>
    public static IReadOnlyList<PolicyRule> Missing(IReadOnlyList<PolicyRule> held, IEnumerable<PolicyRule> given) =>
        [.. given.SelectMany(Single).Where(one => !held.Any(rule => Covers(rule, one)))];

    /// <summary>As upstream prints a rule in a refusal.</summary>
    public static string Display(PolicyRule rule)
    {
        (string Name, string[] Values)[] parts =
            [("APIGroups", rule.Groups), ("Resources", rule.Resources), ("ResourceNames", rule.Names), ("NonResourceURLs", rule.Paths), ("Verbs", rule.Verbs)];
        return "{" + string.Join(", ", parts.Where(part => part.Values.Length > 0).Select(part => $"{part.Name}:[{string.Join(" ", part.Values.Select(value => $"\"{value}\""))}]")) + "}";
    }

    /// <summary>The missing rules with those that differ only in their verbs put together.</summary>
    public static IEnumerable<PolicyRule> Compact(IEnumerable<PolicyRule> rules) => rules
        .GroupBy(rule => Display(rule with { Verbs = [] }))
        .Select(group => group.First() with { Verbs = [.. group.SelectMany(rule => rule.Verbs).Distinct()] });

    private static IEnumerable<PolicyRule> Single(PolicyRule rule)
    {
        foreach (var verb in rule.Verbs)
        {
            foreach (var path in rule.Paths)
            {
                yield return new PolicyRule([verb], [], [], [], [path]);
            }
            foreach (var (group, resource) in rule.Groups.SelectMany(group => rule.Resources.Select(resource => (group, resource))))
            {
                foreach (var names in rule.Names.Length == 0 ? [[]] : rule.Names.Select(name => (string[])[name]))
                {
                    yield return new PolicyRule([verb], [group], [resource], names, []);
                }
            }
        }
    }

    private static bool Covers(PolicyRule held, PolicyRule one)
    {
        if (!held.Verbs.Contains("*") && !held.Verbs.Contains(one.Verbs[0]))
        {
            return false;
        }
        if (one.Paths is [var path])
        {
            return held.Paths.Any(allowed => allowed == path || (allowed.EndsWith('*') && path.StartsWith(allowed[..^1], StringComparison.Ordinal)));
        }
        var resource = one.Resources[0];
        var slash = resource.IndexOf('/');
        return (held.Groups.Contains("*") || held.Groups.Contains(one.Groups[0]))
            && (held.Resources.Contains("*") || held.Resources.Contains(resource) || (slash >= 0 && held.Resources.Contains("*" + resource[slash..])))
            && (held.Names.Length == 0 || (one.Names.Length > 0 && held.Names.Contains(one.Names[0])));
    }
}
