using ArgoRollouts.BlueGreen;
using ArgoRollouts.Canary;
using ArgoRollouts.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>The size that the strategy wants the new ReplicaSet to have.</summary>
internal static class NewReplicaCount
{
    public static int Of(Rollout rollout, ReplicaSetRoles sets, TrafficWeights? weights)
        => rollout.Spec.Strategy.BlueGreen is not null
            ? BlueGreenReplicas.OfNew(rollout, sets.All, sets.New!)
            : CanaryReplicaCounts.Of(rollout, sets, weights).New;
}
