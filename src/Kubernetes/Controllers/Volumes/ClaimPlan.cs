using k8s.Models;

namespace Kubernetes.Controllers.Volumes;

/// <summary>What a claim without a volume gets (<c>pkg/controller/volume/persistentvolume</c>).</summary>
internal sealed record ClaimPlan
{
    /// <summary>An existing volume to bind.</summary>
    public V1PersistentVolume? Bind { get; init; }

    /// <summary>The class by which a new volume is made.</summary>
    public V1StorageClass? Provision { get; init; }

    /// <summary>Why the claim stays pending: an event.</summary>
    public (string Type, string Reason, string Message)? Wait { get; init; }

    /// <param name="claim">A claim that is not bound.</param>
    /// <param name="volumes">Every volume.</param>
    /// <param name="classes">Every storage class.</param>
    /// <param name="isUsed">Whether a pod wants the claim.</param>
    public static ClaimPlan For(V1PersistentVolumeClaim claim, IEnumerable<V1PersistentVolume> volumes, IEnumerable<V1StorageClass> classes, bool isUsed)
    {
        var className = claim.Spec.StorageClassName ?? "";
        var storage = classes.FirstOrDefault(candidate => candidate.Metadata.Name == className);
        if (storage?.VolumeBindingMode == "WaitForFirstConsumer" && !isUsed)
        {
            return new ClaimPlan { Wait = ("Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding") };
        }

        // the smallest that is large enough, as upstream
        if (volumes.Where(volume => Fits(claim, volume)).MinBy(Capacity) is { } found)
        {
            return new ClaimPlan { Bind = found };
        }

        if (className.Length == 0)
        {
            return new ClaimPlan { Wait = ("Normal", "FailedBinding", "no persistent volumes available for this claim and no storage class is set") };
        }

        if (storage is null)
        {
            return new ClaimPlan { Wait = ("Warning", "ProvisioningFailed", $"storageclass.storage.k8s.io \"{className}\" not found") };
        }

        return storage.Provisioner == StorageDefaults.Provisioner
            ? new ClaimPlan { Provision = storage }
            : new ClaimPlan
            {
                Wait = ("Normal", "ExternalProvisioning",
                    $"Waiting for a volume to be created either by the external provisioner '{storage.Provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered."),
            };
    }

    /// <summary>Whether the volume is this claim's, or free for it.</summary>
    public static bool Fits(V1PersistentVolumeClaim claim, V1PersistentVolume volume)
    {
        if (volume.Spec.ClaimRef is { } owner)
        {
            return owner.Name == claim.Metadata.Name && owner.NamespaceProperty == claim.Metadata.NamespaceProperty
                && (string.IsNullOrEmpty(owner.Uid) || owner.Uid == claim.Metadata.Uid);
        }

        return volume.Metadata.DeletionTimestamp is null
            && (volume.Spec.StorageClassName ?? "") == (claim.Spec.StorageClassName ?? "")
            && (string.IsNullOrEmpty(claim.Spec.VolumeName) || claim.Spec.VolumeName == volume.Metadata.Name)
            && (claim.Spec.AccessModes ?? []).All(mode => volume.Spec.AccessModes?.Contains(mode) == true)
            && Capacity(volume) >= Requested(claim);
    }

    public static decimal Requested(V1PersistentVolumeClaim claim)
        => claim.Spec.Resources?.Requests is { } requests && requests.TryGetValue("storage", out var wanted) ? wanted.ToDecimal() : 0;

    private static decimal Capacity(V1PersistentVolume volume)
        => volume.Spec.Capacity is { } capacity && capacity.TryGetValue("storage", out var size) ? size.ToDecimal() : 0;
}
