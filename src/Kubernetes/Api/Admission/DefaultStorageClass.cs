using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>Claims that name no class get the default one (kubernetes plugin/pkg/admission/storage/storageclass/setdefault).</summary>
internal static class DefaultStorageClass
{
    private const string IsDefault = "storageclass.kubernetes.io/is-default-class";

    public static void Admit(ApiContext api, AdmissionAttributes attributes)
    {
        if (attributes is not { Operation: "CREATE", Object: { } claim, Request.Subresource: null } || !attributes.Is("", "persistentvolumeclaims")
            || claim.Text("spec", "storageClassName") is not null)
        {
            return;
        }
        // of several, the newest
        var chosen = api.Store.List("storage.k8s.io/storageclasses").Objects(null).Select(stored => Metadata.Tree(stored.Value))
            .Where(storage => storage.Text("metadata", "annotations", IsDefault) == "true")
            .OrderByDescending(storage => storage.Text("metadata", "creationTimestamp"), StringComparer.Ordinal)
            .ThenBy(storage => storage.Text("metadata", "name"), StringComparer.Ordinal)
            .FirstOrDefault();
        if (chosen is not null)
        {
            claim.Sub("spec")["storageClassName"] = chosen.Text("metadata", "name");
        }
    }
}
