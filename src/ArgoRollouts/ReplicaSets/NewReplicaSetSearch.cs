using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>
/// The ReplicaSet of the Rollout's present template: by hash, else by comparing templates, for sets that another version of the
/// controller named (utils/replicaset, FindNewReplicaSet).
/// </summary>
internal static class NewReplicaSetSearch
{
    public static V1ReplicaSet? In(Rollout rollout, IReadOnlyList<V1ReplicaSet> sets)
    {
        var hash = PodTemplateHash.Of(rollout.Spec.Template!, rollout.Status.CollisionCount);
        var oldestFirst = sets.ByCreation().ToList();
        return oldestFirst.FirstOrDefault(set => set.PodHash() == hash)
               ?? oldestFirst.FirstOrDefault(set => PodTemplateEquality.EqualIgnoreHash(Plain(set, rollout), rollout.Spec.Template!));
    }

    // without what the controller itself put into the template
    private static V1PodTemplateSpec Plain(V1ReplicaSet set, Rollout rollout)
    {
        var template = EphemeralMetadata.Without(set);
        return AntiAffinityInjection.Without(template, rollout);
    }
}
