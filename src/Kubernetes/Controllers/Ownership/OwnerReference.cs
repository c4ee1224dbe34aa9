using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.Ownership;

/// <summary>The reference by which a child names its controller (<c>metav1.NewControllerRef</c>).</summary>
internal static class OwnerReference
{
    public static V1OwnerReference ToController(IMetadata<V1ObjectMeta> owner, string apiVersion, string kind) => new()
    {
        ApiVersion = apiVersion,
        Kind = kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
