using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.Canary;

/// <summary>
/// Sizes of canary and stable when a traffic provider sets the weight: stable stays whole, unless dynamicStableScale
/// (utils/replicaset/canary.go, CalculateReplicaCountsForTrafficRoutedCanary).
/// </summary>
internal static class TrafficRoutedReplicas
{
    /// <param name="rollout">Spec, step and abort.</param>
    /// <param name="newSet">The canary.</param>
    /// <param name="stable">The stable set.</param>
    /// <param name="weights">Weights actually set, for dynamicStableScale.</param>
    public static (int Canary, int Stable) Of(Rollout rollout, V1ReplicaSet? newSet, V1ReplicaSet? stable, TrafficWeights? weights)
    {
        var replicas = Defaults.Replicas(rollout);
        var max = Defaults.MaxTrafficWeight(rollout);
        var (explicitReplicas, weight) = CanarySteps.Desired(rollout, newSet, stable);
        var canary = explicitReplicas ?? AtLeastMinPods(rollout, OfWeight(replicas, weight, max));
        if (!rollout.Spec.Strategy.Canary!.DynamicStableScale)
        {
            return (canary, replicas);
        }

        // Stable keeps what its traffic needs now or soon; on an abort, so does the canary.
        var stableCount = OfWeight(replicas, max - weight, max);
        if (weights is not null)
        {
            stableCount = Math.Max(stableCount, OfWeight(replicas, weights.Stable.Weight, max));
            canary = rollout.Status.Abort ? Math.Max(canary, OfWeight(replicas, weights.Canary.Weight, max)) : canary;
        }

        return (AtLeastMinPods(rollout, canary), AtLeastMinPods(rollout, stableCount));
    }

    /// <summary>The share of the replicas, rounded up.</summary>
    public static int OfWeight(int replicas, int weight, int maxWeight) => (int)Math.Ceiling(weight * (double)replicas / maxWeight);

    private static int AtLeastMinPods(Rollout rollout, int count)
        => count == 0 ? 0 : Math.Max(count, rollout.Spec.Strategy.Canary!.MinPodsPerReplicaSet ?? count);
}
