using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>
/// The ReplicaSets of a Rollout by the part they play: new (the template's), stable (last promoted; the same as new when fully
/// promoted), older (all but new), others (neither new nor stable).
/// </summary>
internal sealed record ReplicaSetRoles(
    IReadOnlyList<V1ReplicaSet> All, V1ReplicaSet? New, V1ReplicaSet? Stable, IReadOnlyList<V1ReplicaSet> Older, IReadOnlyList<V1ReplicaSet> Others)
{
    public static ReplicaSetRoles Of(Rollout rollout, IReadOnlyList<V1ReplicaSet> all, V1ReplicaSet? newSet)
    {
        var older = all.Where(set => set.Metadata.Uid != newSet?.Metadata.Uid).ToList();
        var stable = FindStable(rollout, newSet, older);
        return new ReplicaSetRoles(all, newSet, stable, older, [.. all.Where(set => set.Metadata.Name != stable?.Metadata.Name && set.Metadata.Name != newSet?.Metadata.Name)]);
    }

    private static V1ReplicaSet? FindStable(Rollout rollout, V1ReplicaSet? newSet, IReadOnlyList<V1ReplicaSet> older)
    {
        var hash = rollout.Status.StableRS;
        if (string.IsNullOrEmpty(hash))
        {
            return null;
        }

        return newSet.PodHash() == hash ? newSet : older.FirstOrDefault(set => set.PodHash() == hash);
    }
}
