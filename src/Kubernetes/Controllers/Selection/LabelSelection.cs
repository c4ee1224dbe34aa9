using k8s.Models;

namespace Kubernetes.Controllers.Selection;

/// <summary>Matches labels against selectors, as <c>metav1.LabelSelectorAsSelector</c> and <c>labels.SelectorFromSet</c> do.</summary>
public static class LabelSelection
{
    /// <summary>Whether every requirement holds. A null selector matches nothing, an empty one everything.</summary>
    public static bool Matches(this V1LabelSelector? selector, IDictionary<string, string>? labels)
    {
        if (selector is null)
        {
            return false;
        }

        return (selector.MatchLabels is null || IsSubsetOf(selector.MatchLabels, labels))
            && (selector.MatchExpressions is null || selector.MatchExpressions.All(requirement => Holds(requirement, labels)));
    }

    /// <summary>Whether the selector has no requirement at all, and so selects everything.</summary>
    public static bool IsEmpty(this V1LabelSelector? selector)
        => selector is null or { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } };

    /// <summary>Whether <paramref name="labels"/> carry every pair of <paramref name="wanted"/>.</summary>
    public static bool IsSubsetOf(IDictionary<string, string> wanted, IDictionary<string, string>? labels)
        => wanted.Count == 0 || (labels is not null && wanted.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value));

    /// <summary>Whether labels meet one requirement on a key; an operator that is none of a label selector's is not met.</summary>
    public static bool Holds(string key, string @operator, IList<string>? values, IDictionary<string, string>? labels)
    {
        string? value = null;
        var present = labels is not null && labels.TryGetValue(key, out value);
        return @operator switch
        {
            "In" => present && values!.Contains(value!),
            "NotIn" => !present || !values!.Contains(value!),
            "Exists" => present,
            "DoesNotExist" => !present,
            _ => false,
        };
    }

    private static bool Holds(V1LabelSelectorRequirement requirement, IDictionary<string, string>? labels)
        => Holds(requirement.Key, requirement.OperatorProperty, requirement.Values, labels);
}
