using k8s;
using k8s.Models;
using Kubernetes.Controllers.Ownership;

namespace Kubernetes.Controllers.Deployments;

/// <summary>The ReplicaSet that a Deployment creates for its template (<c>getNewReplicaSet</c>).</summary>
internal static class CurrentReplicaSet
{
    public static V1ReplicaSet For(Rollout rollout, int replicas)
    {
        var deployment = rollout.Deployment;
        var hash = PodTemplate.Hash(deployment.Spec.Template, deployment.Status?.CollisionCount);
        var template = Copy.Of(deployment.Spec.Template);
        template.Metadata ??= new V1ObjectMeta();
        template.Metadata.Labels = With(template.Metadata.Labels, hash);
        var annotations = Revisions.ForCurrent(deployment, existing: null, rollout.NextRevision);
        Revisions.SetReplicas(annotations, rollout.Replicas, rollout.Replicas + rollout.Bounds.Surge);
        return new V1ReplicaSet
        {
            Metadata = new V1ObjectMeta
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                NamespaceProperty = deployment.Metadata.NamespaceProperty,
                Labels = new Dictionary<string, string>(template.Metadata.Labels),
                Annotations = annotations,
                OwnerReferences = [OwnerReference.ToController(deployment, "apps/v1", "Deployment")],
            },
            Spec = new V1ReplicaSetSpec
            {
                Replicas = replicas,
                MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = new V1LabelSelector
                {
                    MatchLabels = With(deployment.Spec.Selector.MatchLabels, hash),
                    MatchExpressions = deployment.Spec.Selector.MatchExpressions,
                },
                Template = template,
            },
        };
    }

    private static Dictionary<string, string> With(IDictionary<string, string>? labels, string hash)
        => new(labels ?? new Dictionary<string, string>()) { [PodTemplate.HashLabel] = hash };
}
