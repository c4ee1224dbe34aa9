using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using k8s.Models;

namespace ArgoRollouts.Canary;

/// <summary>
/// Sizes of the new and the stable ReplicaSet of a canary without traffic routing, where the number of pods is the weight
/// (utils/replicaset/canary.go, CalculateReplicaCountsForBasicCanary). Each call takes one step towards the desired numbers: up as far as
/// maxSurge allows, stable first; then down as far as maxUnavailable allows, once older ReplicaSets are gone.
/// </summary>
internal static class BasicCanaryReplicas
{
    public static (int New, int Stable) Of(Rollout rollout, V1ReplicaSet? newSet, V1ReplicaSet? stable, IReadOnlyList<V1ReplicaSet> others)
    {
        var replicas = Defaults.Replicas(rollout);
        var maxSurge = RolloutFenceposts.MaxSurge(rollout);
        var separateStable = stable is not null && stable.Metadata.Name != newSet?.Metadata.Name;
        var weight = CanarySteps.Desired(rollout, newSet, stable).Weight;
        var (desiredNew, desiredStable) = separateStable
            ? CanaryWeightApproximation.Of(replicas, weight, Defaults.MaxTrafficWeight(rollout), maxSurge)
            : (replicas, 0); // nothing to share with: everything new

        var newCount = newSet?.DesiredReplicas() ?? 0;
        var stableCount = separateStable ? stable!.DesiredReplicas() : 0;
        var maxAllowed = replicas + maxSurge;
        var room = maxAllowed - others.SpecReplicas() - newCount - stableCount;

        if (separateStable && stableCount < desiredStable && room > 0)
        {
            var added = Math.Min(room, desiredStable - stableCount);
            stableCount += added;
            room -= added;
        }

        if (newSet is not null && newCount < desiredNew && room > 0)
        {
            newCount += Math.Min(room, desiredNew - newCount);
        }

        if (others.SpecReplicas() > 0)
        {
            return (newCount, stableCount); // older ones shrink first
        }

        // Towards the canary, pods of a broken stable may go; back to stable, those of a broken canary.
        var increasing = newSet is null || desiredNew >= newSet.DesiredReplicas();
        var minAvailable = replicas - RolloutFenceposts.MaxUnavailable(rollout);
        var spare = Counted(newSet, ignoreAvailability: !increasing) + Counted(stable, ignoreAvailability: increasing) - minAvailable;
        if (spare <= 0)
        {
            return (newCount, stableCount);
        }

        if (!increasing)
        {
            var drained = Drained(newSet!, desiredNew, spare, newCount);
            return WithinLimits(newSet, stable, drained, stableCount, maxAllowed, minAvailable);
        }

        if (separateStable)
        {
            var drained = Drained(stable!, desiredStable, spare, stableCount);
            (stableCount, newCount) = WithinLimits(stable, newSet, drained, newCount, maxAllowed, minAvailable);
        }

        return (newCount, stableCount);
    }

    // Pods beyond spec.replicas are already on their way out and do not count as available.
    private static int Counted(V1ReplicaSet? set, bool ignoreAvailability)
        => set is null ? 0 : ignoreAvailability ? set.DesiredReplicas() : Math.Min(set.DesiredReplicas(), set.AvailableReplicas());

    private static int Drained(V1ReplicaSet set, int desired, int spare, int count)
        => set.DesiredReplicas() > desired ? Math.Max(desired, set.DesiredReplicas() - spare) : count;

    // Takes back from the other set what exceeds maxSurge, but not so much that too few are available; then from the drained one.
    private static (int Drained, int Other) WithinLimits(
        V1ReplicaSet? drainedSet, V1ReplicaSet? otherSet, int drained, int other, int maxAllowed, int minAvailable)
    {
        if (otherSet is null)
        {
            return (drained, other);
        }

        other -= Math.Max(0, other + drained - maxAllowed);
        var available = Math.Min(drainedSet?.AvailableReplicas() ?? 0, drained) + Math.Min(otherSet.AvailableReplicas(), other);
        var lost = Math.Max(0, otherSet.AvailableReplicas() - other);
        other += Math.Min(lost, Math.Max(0, minAvailable - available));
        return (drained - Math.Max(0, other + drained - maxAllowed), other);
    }
}
