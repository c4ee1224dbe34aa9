using ArgoCd.Comparison;
using ArgoCd.Sync;

namespace ArgoCd.Health;

/// <summary>Health of an application: the worst of its resources' (<c>controller/health.go</c>).</summary>
internal static class ApplicationHealth
{
    private const int CausesShownMax = 3;

    public static HealthStatus Of(IEnumerable<ManagedResource> resources)
    {
        var (any, anyLive) = (false, false);
        var worst = HealthCode.Healthy;
        var causes = new List<ManagedResource>();
        foreach (var resource in resources)
        {
            if (Hooks.IsSkipped(resource.Target?.Json) || Hooks.IsHook(resource.Live?.Json))
            {
                continue;
            }

            any = true;
            if (resource.Live is not { } live)
            {
                continue; // a missing resource makes the application OutOfSync, not unhealthy
            }

            anyLive = true;
            if (live.Metadata.Annotations?.TryGetValue(Annotations.IgnoreHealthCheck, out var ignore) == true && ignore == "true")
            {
                continue;
            }

            if (ResourceHealth.Of(live.Json) is not { } health)
            {
                continue;
            }

            if (HealthCode.IsWorse(worst, health.Status))
            {
                (worst, causes) = (health.Status, [resource]);
            }
            else if (worst == health.Status && worst != HealthCode.Healthy)
            {
                causes.Add(resource);
            }
        }

        return any && !anyLive && HealthCode.IsWorse(worst, HealthCode.Missing)
            ? new HealthStatus(HealthCode.Missing)
            : new HealthStatus(worst, Causes(causes));
    }

    private static string? Causes(IReadOnlyList<ManagedResource> causes)
    {
        if (causes.Count == 0)
        {
            return null;
        }

        var named = causes.Take(CausesShownMax).Select(cause =>
        {
            var kind = cause.Key.Group.Length == 0 ? cause.Key.Kind : $"{cause.Key.Group}/{cause.Key.Kind}";
            return $"{kind}:{(cause.Key.Namespace.Length == 0 ? cause.Key.Name : $"{cause.Key.Namespace}/{cause.Key.Name}")}";
        });
        var more = causes.Count > CausesShownMax ? $" and {causes.Count - CausesShownMax} more" : "";
        return $"Caused by {string.Join(", ", named)}{more}";
    }
}
