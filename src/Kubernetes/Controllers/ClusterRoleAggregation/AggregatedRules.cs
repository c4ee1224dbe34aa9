using k8s;
using k8s.Models;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.ClusterRoleAggregation;

/// <summary>The rules of a ClusterRole with an aggregationRule: those of all roles that it selects, each once, in the order of role names.</summary>
internal static class AggregatedRules
{
    /// <param name="role">With an aggregationRule.</param>
    /// <param name="all">The ClusterRoles of the cluster.</param>
    public static IList<V1PolicyRule> For(V1ClusterRole role, IEnumerable<V1ClusterRole> all)
    {
        var rules = new List<V1PolicyRule>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var selected in all.Where(other => other.Metadata.Name != role.Metadata.Name && IsSelected(role, other)).OrderBy(other => other.Metadata.Name, StringComparer.Ordinal))
        {
            rules.AddRange((selected.Rules ?? []).Where(rule => seen.Add(KubernetesJson.Serialize(rule))));
        }

        return rules;
    }

    public static bool Same(IList<V1PolicyRule>? left, IList<V1PolicyRule>? right)
        => (left ?? []).Select(rule => KubernetesJson.Serialize(rule)).SequenceEqual((right ?? []).Select(rule => KubernetesJson.Serialize(rule)));

    private static bool IsSelected(V1ClusterRole role, V1ClusterRole other)
        => role.AggregationRule.ClusterRoleSelectors?.Any(selector => selector.Matches(other.Metadata.Labels)) == true;
}
