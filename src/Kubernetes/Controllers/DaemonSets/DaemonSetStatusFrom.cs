using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.DaemonSets;

/// <summary>A DaemonSet's numbers (<c>updateDaemonSetStatus</c>): nodes, not pods, are counted.</summary>
internal static class DaemonSetStatusFrom
{
    public static V1DaemonSetStatus Observed(V1DaemonSet set, IReadOnlyList<DaemonNode> nodes, string hash, int? collisionCount, DateTime now)
    {
        var wanted = nodes.Where(node => node.ShouldRun).ToList();
        var occupied = wanted.Where(node => node.Pods.Count > 0).ToList();
        var newest = occupied.Select(node => node.Pods.OrderByDescending(pod => DaemonPod.Hash(pod) == hash).ThenByDescending(pod => pod.IsReady()).First()).ToList();
        var available = occupied.Count(node => node.Pods.Any(pod => DaemonSetPlan.IsAvailable(set, pod, now)));
        return new V1DaemonSetStatus
        {
            ObservedGeneration = set.Metadata.Generation,
            DesiredNumberScheduled = wanted.Count,
            CurrentNumberScheduled = occupied.Count,
            NumberMisscheduled = nodes.Count(node => !node.ShouldRun && node.Pods.Count > 0),
            NumberReady = occupied.Count(node => node.Pods.Any(pod => pod.IsActive() && pod.IsReady())),
            NumberAvailable = available,
            NumberUnavailable = wanted.Count - available,
            UpdatedNumberScheduled = newest.Count(pod => DaemonPod.Hash(pod) == hash),
            CollisionCount = collisionCount,
            Conditions = set.Status?.Conditions,
        };
    }

    public static bool Differs(V1DaemonSetStatus? before, V1DaemonSetStatus after) => !Equals(Key(before), Key(after));

    private static object? Key(V1DaemonSetStatus? status) => status is null ? null : (
        status.ObservedGeneration, status.DesiredNumberScheduled, status.CurrentNumberScheduled, status.NumberMisscheduled, status.NumberReady,
        status.NumberAvailable ?? 0, status.NumberUnavailable ?? 0, (status.UpdatedNumberScheduled ?? 0, status.CollisionCount));
}
