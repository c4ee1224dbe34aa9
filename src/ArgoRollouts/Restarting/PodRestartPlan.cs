using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using Controllers.Runtime;
using k8s.Models;

namespace ArgoRollouts.Restarting;

/// <summary>Which pods are evicted now for spec.restartAt (rollout/restart.go).</summary>
/// <param name="Evict">Pods to evict, no more than maxUnavailable (at least one) below what must stay available.</param>
/// <param name="Outdated">All pods older than restartAt, those that are already going included.</param>
internal sealed record PodRestartPlan(IReadOnlyList<V1Pod> Evict, int Outdated)
{
    /// <summary>restartAt has come and was not yet done.</summary>
    public static bool IsDue(Rollout rollout, DateTimeOffset now)
        => rollout.Spec.RestartAt is { } at && rollout.Status.RestartedAt != at && now.UtcDateTime >= at;

    /// <param name="rollout">Whose pods they are.</param>
    /// <param name="sets">Its ReplicaSets.</param>
    /// <param name="pods">The pods of these ReplicaSets, those to restart first in front.</param>
    /// <param name="now">The time.</param>
    public static PodRestartPlan Of(Rollout rollout, ReplicaSetRoles sets, IReadOnlyList<V1Pod> pods, DateTimeOffset now)
    {
        var restartAt = rollout.Spec.RestartAt!.Value;
        var replicas = Math.Max(Defaults.Replicas(rollout), sets.All.SpecReplicas());
        var minAvailable = replicas - Math.Max(RolloutFenceposts.MaxUnavailable(rollout), 1);
        var available = pods.Count(pod => !pod.Metadata.IsTerminating() && IsAvailable(pod, rollout.Spec.MinReadySeconds, now));
        var outdated = pods.Where(pod => pod.Metadata.CreationTimestamp < restartAt).ToList();
        var evict = outdated.Where(pod => !pod.Metadata.IsTerminating()).Take(Math.Max(0, available - minAvailable)).ToList();
        return new PodRestartPlan(evict, outdated.Count);
    }

    private static bool IsAvailable(V1Pod pod, int minReadySeconds, DateTimeOffset now)
    {
        var ready = pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready");
        return ready?.Status == "True" && (minReadySeconds == 0 || ready.LastTransitionTime?.AddSeconds(minReadySeconds) < now.UtcDateTime);
    }
}
