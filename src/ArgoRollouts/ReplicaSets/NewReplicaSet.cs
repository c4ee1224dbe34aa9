using ArgoRollouts.Models;
using k8s;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>The ReplicaSet that a new template gets, with no replicas yet: it is scaled once the preview Service points to it (rollout/sync.go, createDesiredReplicaSet).</summary>
internal static class NewReplicaSet
{
    /// <param name="rollout">Its owner.</param>
    /// <param name="revision">One more than the greatest revision so far.</param>
    /// <param name="hasStable">Whether there is a stable ReplicaSet, so that this one is a canary or preview.</param>
    public static V1ReplicaSet For(Rollout rollout, long revision, bool hasStable)
    {
        var hash = PodTemplateHash.Of(rollout.Spec.Template!, rollout.Status.CollisionCount);
        var template = KubernetesJson.Deserialize<V1PodTemplateSpec>(KubernetesJson.Serialize(rollout.Spec.Template!));
        template.Spec.Affinity = AntiAffinityInjection.For(rollout, hash);
        template.Metadata ??= new V1ObjectMeta();
        template.Metadata.Labels = WithHash(template.Metadata.Labels, hash);
        var set = new V1ReplicaSet
        {
            Metadata = new V1ObjectMeta
            {
                Name = $"{rollout.Metadata.Name}-{hash}",
                NamespaceProperty = rollout.Metadata.NamespaceProperty,
                OwnerReferences = [ReplicaSetClaims.OwnerReference(rollout)],
                Labels = new Dictionary<string, string>(template.Metadata.Labels),
                Annotations = ReplicaSetRevision.Annotations(rollout, current: null, revision, exists: false),
            },
            Spec = new V1ReplicaSetSpec
            {
                Replicas = 0,
                MinReadySeconds = MinReadySeconds(rollout),
                Selector = new V1LabelSelector
                {
                    MatchLabels = WithHash(rollout.Spec.Selector!.MatchLabels, hash),
                    MatchExpressions = rollout.Spec.Selector.MatchExpressions,
                },
                Template = template,
            },
        };
        EphemeralMetadata.Inject(set, Role(rollout, hasStable));
        return set;
    }

    /// <summary>As Go writes it: 0 is left out.</summary>
    public static int? MinReadySeconds(Rollout rollout) => rollout.Spec.MinReadySeconds > 0 ? rollout.Spec.MinReadySeconds : null;

    private static PodTemplateMetadata? Role(Rollout rollout, bool hasStable) => rollout.Spec.Strategy switch
    {
        { Canary: { } canary } => hasStable ? canary.CanaryMetadata : canary.StableMetadata,
        { BlueGreen: { } blueGreen } => hasStable ? blueGreen.PreviewMetadata : blueGreen.ActiveMetadata,
        _ => null,
    };

    private static Dictionary<string, string> WithHash(IDictionary<string, string>? labels, string hash)
        => new(labels ?? new Dictionary<string, string>()) { [RolloutsKeys.PodTemplateHash] = hash };
}
