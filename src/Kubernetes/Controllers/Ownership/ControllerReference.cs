using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.Ownership;

/// <summary>The one owner reference with <c>controller: true</c> (<c>metav1.GetControllerOf</c>, <c>NewControllerRef</c>).</summary>
public static class ControllerReference
{
    public static V1OwnerReference? Of(IMetadata<V1ObjectMeta> @object)
        => @object.Metadata.OwnerReferences?.FirstOrDefault(reference => reference.Controller == true);

    public static bool IsControlledBy(this IMetadata<V1ObjectMeta> @object, IMetadata<V1ObjectMeta> owner)
        => Of(@object)?.Uid == owner.Metadata.Uid;

    public static V1OwnerReference To(IMetadata<V1ObjectMeta> owner, string apiVersion, string kind) => new()
    {
        ApiVersion = apiVersion,
        Kind = kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
