using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>New claims and volumes get the finalizer by which they outlast their users (kubernetes plugin/pkg/admission/storage/storageobjectinuseprotection).</summary>
internal static class StorageProtection
{
    public static void Admit(AdmissionAttributes attributes)
    {
        if (attributes is not { Operation: "CREATE", Object: { } @object, Request.Subresource: null })
        {
            return;
        }
        var finalizer = attributes.Is("", "persistentvolumeclaims") ? "kubernetes.io/pvc-protection"
            : attributes.Is("", "persistentvolumes") ? "kubernetes.io/pv-protection"
            : null;
        var metadata = @object.Sub("metadata");
        if (finalizer is null || metadata.Texts("finalizers").Contains(finalizer))
        {
            return;
        }
        metadata["finalizers"] = new JsonArray([.. metadata.Texts("finalizers").Append(finalizer).Select(name => (JsonNode)name)]);
    }
}
