using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using k8s.Models;

namespace ArgoRollouts.Canary;

/// <summary>Desired sizes for either kind of canary, and whether they are reached.</summary>
internal static class CanaryReplicaCounts
{
    public static (int New, int Stable) Of(Rollout rollout, ReplicaSetRoles sets, TrafficWeights? weights)
        => rollout.Spec.Strategy.Canary!.TrafficRouting is null
            ? BasicCanaryReplicas.Of(rollout, sets.New, sets.Stable, sets.Others)
            : TrafficRoutedReplicas.Of(rollout, sets.New, sets.Stable, weights);

    /// <summary>
    /// A setWeight or setCanaryScale step is done: canary pods available (or enough of them, replicaProgressThreshold), stable pods created, and,
    /// without traffic routing, no older pod left to take traffic (AtDesiredReplicaCountsForCanary).
    /// </summary>
    public static bool Reached(Rollout rollout, ReplicaSetRoles sets, TrafficWeights? weights)
    {
        var canary = rollout.Spec.Strategy.Canary!;
        var (desiredNew, desiredStable) = Of(rollout, sets, weights);
        var dynamic = canary.TrafficRouting is not null && canary.DynamicStableScale;
        return ThresholdMet(canary.ReplicaProgressThreshold, sets.New, desiredNew)
               && (dynamic || AllCreated(sets.Stable, desiredStable))
               && (canary.TrafficRouting is not null || sets.Others.AvailableReplicas() == 0);
    }

    /// <summary>Enough pods are available: all desired ones, or what the threshold says in percent or pods.</summary>
    public static bool ThresholdMet(ReplicaProgressThreshold? threshold, V1ReplicaSet? set, int desired)
    {
        if (threshold is null || set is null || threshold.Value < 0)
        {
            return set is not null && desired == set.DesiredReplicas() && desired == set.AvailableReplicas();
        }

        if (threshold.Type != "Percent")
        {
            return set.AvailableReplicas() >= threshold.Value;
        }

        return desired == 0 || set.AvailableReplicas() / (double)desired * 100 >= threshold.Value - 1e-10;
    }

    private static bool AllCreated(V1ReplicaSet? set, int desired) => set is not null && desired == set.DesiredReplicas() && desired == (set.Status?.Replicas ?? 0);
}
