using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>metav1.LabelSelector: matching labels, and the text that list requests take (apimachinery labels, FormatLabelSelector).</summary>
internal static class LabelSelectors
{
    public static bool IsEmpty(V1LabelSelector? selector)
        => (selector?.MatchLabels?.Count ?? 0) + (selector?.MatchExpressions?.Count ?? 0) == 0;

    public static bool Matches(V1LabelSelector selector, IDictionary<string, string>? labels)
        => (selector.MatchLabels ?? new Dictionary<string, string>()).All(pair => Value(labels, pair.Key) == pair.Value)
           && (selector.MatchExpressions ?? []).All(requirement => Matches(requirement, labels));

    /// <summary>e.g. <c>app=web,tier in (a,b)</c>, requirements in order of their keys; <c>&lt;none&gt;</c> for an empty selector.</summary>
    public static string Format(V1LabelSelector? selector)
    {
        if (selector is null || IsEmpty(selector))
        {
            return "<none>";
        }

        var labels = (selector.MatchLabels ?? new Dictionary<string, string>()).Select(pair => (pair.Key, Text: $"{pair.Key}={pair.Value}"));
        var expressions = (selector.MatchExpressions ?? []).Select(requirement => (requirement.Key, Text: Format(requirement)));
        return string.Join(',', labels.Concat(expressions).OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => part.Text));
    }

    private static bool Matches(V1LabelSelectorRequirement requirement, IDictionary<string, string>? labels)
    {
        var value = Value(labels, requirement.Key);
        return requirement.OperatorProperty switch
        {
            "In" => value is not null && requirement.Values?.Contains(value) == true,
            "NotIn" => value is null || requirement.Values?.Contains(value) != true,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }

    private static string Format(V1LabelSelectorRequirement requirement) => requirement.OperatorProperty switch
    {
        "In" => $"{requirement.Key} in ({Values(requirement)})",
        "NotIn" => $"{requirement.Key} notin ({Values(requirement)})",
        "Exists" => requirement.Key,
        _ => $"!{requirement.Key}",
    };

    private static string Values(V1LabelSelectorRequirement requirement)
        => string.Join(',', (requirement.Values ?? []).Order(StringComparer.Ordinal));

    private static string? Value(IDictionary<string, string>? labels, string key) => labels?.TryGetValue(key, out var value) == true ? value : null;
}
