using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.StatefulSets;

/// <summary>A StatefulSet's status from its pods.</summary>
internal static class StatefulSetStatusFrom
{
    public static V1StatefulSetStatus Observed(
        V1StatefulSet set, IReadOnlyList<V1Pod> pods, string currentRevision, string updateRevision, int? collisionCount, DateTime now)
    {
        var status = new V1StatefulSetStatus
        {
            ObservedGeneration = set.Metadata.Generation,
            Replicas = pods.Count,
            ReadyReplicas = pods.Count(pod => IsRunning(pod) && pod.IsReady()),
            AvailableReplicas = pods.Count(pod => IsRunning(pod) && pod.IsAvailable(set.Spec.MinReadySeconds ?? 0, now)),
            CurrentReplicas = AtRevision(currentRevision),
            UpdatedReplicas = AtRevision(updateRevision),
            CurrentRevision = currentRevision,
            UpdateRevision = updateRevision,
            CollisionCount = collisionCount ?? 0,
            Conditions = set.Status?.Conditions,
        };
        if (set.Spec.UpdateStrategy?.Type != "OnDelete" && status.UpdatedReplicas == status.Replicas && status.ReadyReplicas == status.Replicas)
        {
            status.CurrentReplicas = status.UpdatedReplicas; // the update is complete
            status.CurrentRevision = updateRevision;
        }

        return status;

        int AtRevision(string revision) => pods.Count(pod => !pod.IsTerminating() && StatefulPod.Revision(pod) == revision);
    }

    public static bool Differs(V1StatefulSetStatus? before, V1StatefulSetStatus after) => !Equals(Key(before), Key(after));

    /// <summary>When the next ready pod will have been ready for long enough.</summary>
    public static DateTime? NextAvailability(V1StatefulSet set, IReadOnlyList<V1Pod> pods, DateTime now)
        => pods.Select(pod => pod.AvailableAt(set.Spec.MinReadySeconds ?? 0)).Where(at => at > now).Min();

    private static bool IsRunning(V1Pod pod) => pod.Status?.Phase == "Running" && !pod.IsTerminating();

    private static object? Key(V1StatefulSetStatus? status) => status is null ? null : (
        status.ObservedGeneration, status.Replicas, status.ReadyReplicas ?? 0, status.AvailableReplicas ?? 0, status.CurrentReplicas ?? 0,
        status.UpdatedReplicas ?? 0, status.CurrentRevision, (status.UpdateRevision, status.CollisionCount ?? 0));
}
