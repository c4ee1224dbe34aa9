using ArgoRollouts.BlueGreen;
using ArgoRollouts.Models;
using ArgoRollouts.Services;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>Whether something still sends traffic to a ReplicaSet, so that it must not be scaled down (rollout/replicaset.go, isReplicaSetReferenced).</summary>
internal static class ReplicaSetReferences
{
    /// <summary>Looks at what the status records, then at the Services themselves: the status may lag behind them.</summary>
    public static bool IsReferenced(Rollout rollout, V1ReplicaSet set, ILister<V1Service> services)
    {
        var hash = set.PodHash();
        if (hash.Length == 0)
        {
            return false;
        }

        var status = rollout.Status;
        string?[] recorded =
        [
            status.StableRS, status.CurrentPodHash, status.BlueGreen.ActiveSelector, status.BlueGreen.PreviewSelector,
            status.Canary.Weights?.Canary.PodTemplateHash, status.Canary.Weights?.Stable.PodTemplateHash,
        ];
        return recorded.Contains(hash)
               || RolloutServices.Of(rollout).Any(service =>
                   BlueGreenPromotion.Selected(services.Find(new NamespacedName(rollout.Metadata.NamespaceProperty, service.Name))) == hash);
    }
}
