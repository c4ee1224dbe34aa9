using k8s.Models;

namespace Kubernetes.Controllers.Namespaces;

/// <summary>The conditions by which a terminating namespace says what it waits for (<c>namespace/deletion/status_condition_utils.go</c>).</summary>
internal static class NamespaceStatusFrom
{
    public static IList<V1NamespaceCondition> Conditions(IList<V1NamespaceCondition>? before, NamespaceContents contents, DateTime now)
    {
        List<V1NamespaceCondition> after =
        [
            contents.DiscoveryFailure is { } failure
                ? Condition("NamespaceDeletionDiscoveryFailure", "True", "DiscoveryFailed", $"Discovery failed for some groups, 1 failing: {failure}")
                : Condition("NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered", "All resources successfully discovered"),
            Condition("NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            contents.Failures.Count > 0
                ? Condition(
                    "NamespaceDeletionContentFailure", "True", "ContentDeletionFailed",
                    $"Failed to delete all resource types, {contents.Failures.Count} remaining: {string.Join(", ", contents.Failures)}")
                : Condition(
                    "NamespaceDeletionContentFailure", "False", "ContentDeleted",
                    "All content successfully deleted, may be waiting on finalization"),
            contents.Remaining.Count > 0
                ? Condition(
                    "NamespaceContentRemaining", "True", "SomeResourcesRemain",
                    $"Some resources are remaining: {Listed(contents.Remaining, "has")}")
                : Condition("NamespaceContentRemaining", "False", "ContentRemoved", "All content successfully removed"),
            contents.FinalizersRemaining.Count > 0
                ? Condition(
                    "NamespaceFinalizersRemaining", "True", "SomeFinalizersRemain",
                    $"Some content in the namespace has finalizers remaining: {Listed(contents.FinalizersRemaining, "in")}")
                : Condition("NamespaceFinalizersRemaining", "False", "ContentHasNoFinalizers", "All content-preserving finalizers finished"),
        ];
        foreach (var condition in after)
        {
            var known = before?.FirstOrDefault(other => other.Type == condition.Type);
            condition.LastTransitionTime = known?.Status == condition.Status ? known.LastTransitionTime : now;
        }

        return after;
    }

    public static bool Same(IList<V1NamespaceCondition>? before, IList<V1NamespaceCondition> after)
        => (before ?? []).Select(condition => (condition.Type, condition.Status, condition.Reason, condition.Message))
            .SequenceEqual(after.Select(condition => (condition.Type, condition.Status, condition.Reason, condition.Message)));

    private static string Listed(IReadOnlyDictionary<string, int> counts, string verb)
        => string.Join(", ", counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {verb} {pair.Value} resource instances"));

    private static V1NamespaceCondition Condition(string type, string status, string reason, string message)
        => new() { Type = type, Status = status, Reason = reason, Message = message };
}
