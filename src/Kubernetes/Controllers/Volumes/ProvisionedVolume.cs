using k8s.Models;

namespace Kubernetes.Controllers.Volumes;

/// <summary>A volume made for one claim: a folder of this machine.</summary>
internal static class ProvisionedVolume
{
    private const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";

    public static V1PersistentVolume For(V1PersistentVolumeClaim claim, V1StorageClass storage, string root)
    {
        var name = $"pvc-{claim.Metadata.Uid}";
        return new V1PersistentVolume
        {
            Metadata = new V1ObjectMeta { Name = name, Annotations = new Dictionary<string, string> { [ProvisionedBy] = StorageDefaults.Provisioner } },
            Spec = new V1PersistentVolumeSpec
            {
                AccessModes = claim.Spec.AccessModes,
                Capacity = new Dictionary<string, ResourceQuantity>(claim.Spec.Resources?.Requests ?? new Dictionary<string, ResourceQuantity>()),
                ClaimRef = Reference(claim),
                HostPath = new V1HostPathVolumeSource { Path = Path.Combine(root, name), Type = "DirectoryOrCreate" },
                PersistentVolumeReclaimPolicy = storage.ReclaimPolicy ?? "Delete",
                StorageClassName = storage.Metadata.Name,
                VolumeMode = "Filesystem",
            },
        };
    }

    public static V1ObjectReference Reference(V1PersistentVolumeClaim claim) => new()
    {
        ApiVersion = "v1",
        Kind = "PersistentVolumeClaim",
        Name = claim.Metadata.Name,
        NamespaceProperty = claim.Metadata.NamespaceProperty,
        Uid = claim.Metadata.Uid,
    };

    public static bool IsOurs(V1PersistentVolume volume) => volume.Metadata.Annotations?.TryGetValue(ProvisionedBy, out var by) == true && by == StorageDefaults.Provisioner;
}
