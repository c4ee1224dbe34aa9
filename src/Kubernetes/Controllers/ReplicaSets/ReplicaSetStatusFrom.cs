using k8s.Models;
using Kubernetes.Controllers.Pods;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.ReplicaSets;

/// <summary>A ReplicaSet's status as its pods show it (upstream's <c>calculateStatus</c>).</summary>
internal static class ReplicaSetStatusFrom
{
    private const string ReplicaFailure = "ReplicaFailure";

    /// <param name="set">The ReplicaSet.</param>
    /// <param name="active">Its active pods.</param>
    /// <param name="terminating">How many of its pods are being deleted.</param>
    /// <param name="failure">What went wrong in this pass, or null.</param>
    /// <param name="now">The moment of the decision.</param>
    public static V1ReplicaSetStatus Observed(
        V1ReplicaSet set, IReadOnlyList<V1Pod> active, int terminating, PodFailure? failure, DateTime now)
    {
        var minReadySeconds = set.Spec.MinReadySeconds ?? 0;
        var templateLabels = set.Spec.Template?.Metadata?.Labels ?? new Dictionary<string, string>();
        return new V1ReplicaSetStatus
        {
            Replicas = active.Count,
            FullyLabeledReplicas = Some(active.Count(pod => LabelSelection.IsSubsetOf(templateLabels, pod.Metadata.Labels))),
            ReadyReplicas = Some(active.Count(pod => pod.IsReady())),
            AvailableReplicas = Some(active.Count(pod => pod.IsAvailable(minReadySeconds, now))),
            TerminatingReplicas = terminating,
            ObservedGeneration = set.Metadata.Generation,
            Conditions = Conditions(set.Status?.Conditions, failure, now),
        };
    }

    /// <summary>When the next ready pod becomes available, or null when none is waiting for that.</summary>
    public static DateTime? NextAvailability(V1ReplicaSet set, IReadOnlyList<V1Pod> active, DateTime now)
    {
        var minReadySeconds = set.Spec.MinReadySeconds ?? 0;
        return active.Select(pod => pod.AvailableAt(minReadySeconds)).Where(at => at > now).Min();
    }

    /// <summary>Whether a write is needed to get from <paramref name="before"/> to <paramref name="after"/>.</summary>
    public static bool Differs(V1ReplicaSetStatus? before, V1ReplicaSetStatus after)
        => before is null
            || before.Replicas != after.Replicas
            || (before.FullyLabeledReplicas ?? 0) != (after.FullyLabeledReplicas ?? 0)
            || (before.ReadyReplicas ?? 0) != (after.ReadyReplicas ?? 0)
            || (before.AvailableReplicas ?? 0) != (after.AvailableReplicas ?? 0)
            || (before.TerminatingReplicas ?? 0) != (after.TerminatingReplicas ?? 0)
            || before.ObservedGeneration != after.ObservedGeneration
            || !Same(before.Conditions, after.Conditions);

    // zero is left out, as Go's omitempty does
    private static int? Some(int count) => count == 0 ? null : count;

    private static IList<V1ReplicaSetCondition>? Conditions(IList<V1ReplicaSetCondition>? before, PodFailure? failure, DateTime now)
    {
        var others = before?.Where(condition => condition.Type != ReplicaFailure).ToList() ?? [];
        if (failure is not null)
        {
            var existing = before?.FirstOrDefault(condition => condition.Type == ReplicaFailure);
            others.Add(existing ?? new V1ReplicaSetCondition
            {
                Type = ReplicaFailure,
                Status = "True",
                Reason = failure.Reason,
                Message = failure.Message,
                LastTransitionTime = now,
            });
        }

        return others.Count == 0 ? null : others;
    }

    private static bool Same(IList<V1ReplicaSetCondition>? before, IList<V1ReplicaSetCondition>? after)
        => (before ?? []).Select(condition => (condition.Type, condition.Status, condition.Reason, condition.Message))
            .SequenceEqual((after ?? []).Select(condition => (condition.Type, condition.Status, condition.Reason, condition.Message)));
}
