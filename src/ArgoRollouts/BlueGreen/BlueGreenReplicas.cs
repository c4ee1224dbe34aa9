using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using k8s.Models;

namespace ArgoRollouts.BlueGreen;

/// <summary>The size of the new ReplicaSet: all replicas, or previewReplicaCount until the preview was accepted (utils/replicaset, NewRSNewReplicas).</summary>
internal static class BlueGreenReplicas
{
    public static int OfNew(Rollout rollout, IReadOnlyList<V1ReplicaSet> all, V1ReplicaSet newSet)
    {
        var replicas = Defaults.Replicas(rollout);
        if (rollout.Spec.Strategy.BlueGreen!.PreviewReplicaCount is not { } previewReplicas)
        {
            return replicas;
        }

        var status = rollout.Status;
        var active = all.WithHash(status.BlueGreen.ActiveSelector);
        if (active is null || active.Metadata.Name == newSet.Metadata.Name || status.PromoteFull)
        {
            return replicas; // promoted already, or about to be
        }

        if (newSet.PodHash() != status.CurrentPodHash)
        {
            return previewReplicas; // an update that the status does not know yet
        }

        var paused = rollout.Spec.Paused || status.PauseConditions is { Count: > 0 };
        return !paused && status.BlueGreen.ScaleUpPreviewCheckPoint ? replicas : previewReplicas;
    }
}
