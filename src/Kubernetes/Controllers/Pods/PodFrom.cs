using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.Pods;

/// <summary>A pod as its controller creates it from a template (upstream's <c>GetPodFromTemplate</c>).</summary>
internal static class PodFrom
{
    private const int GeneratedNameBaseLengthMax = 58;

    public static V1Pod Template(V1PodTemplateSpec template, IMetadata<V1ObjectMeta> parent, V1OwnerReference controller)
    {
        var copy = Copy.Of(template);
        var prefix = $"{parent.Metadata.Name}-";
        return new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                NamespaceProperty = parent.Metadata.NamespaceProperty,
                GenerateName = prefix.Length > GeneratedNameBaseLengthMax ? prefix[..GeneratedNameBaseLengthMax] : prefix,
                Labels = copy.Metadata?.Labels,
                Annotations = copy.Metadata?.Annotations,
                Finalizers = copy.Metadata?.Finalizers,
                OwnerReferences = [controller],
            },
            Spec = copy.Spec,
        };
    }
}
