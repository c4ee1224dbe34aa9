using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Volumes;

/// <summary>Finds or makes the volume of each claim.</summary>
internal sealed class ClaimReconciler(
    ApiClient client, ILister<V1PersistentVolumeClaim> claims, ILister<V1PersistentVolume> volumes, ILister<V1StorageClass> classes, ILister<V1Pod> pods,
    EventRecorder events, string root) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (claims.Find(name) is not { } claim || claim.Metadata.IsTerminating() || claim.Status?.Phase == "Bound")
        {
            return Result.Done;
        }

        var used = pods.List(name.Namespace).Any(pod => !pod.IsFinished()
            && pod.Spec.Volumes?.Any(volume => volume.PersistentVolumeClaim?.ClaimName == claim.Metadata.Name) == true);
        var plan = ClaimPlan.For(claim, volumes.List(), classes.List(), used);
        if (plan.Wait is { } wait)
        {
            await (wait.Type == "Normal" ? events.NormalAsync(claim, wait.Reason, wait.Message, cancel) : events.WarningAsync(claim, wait.Reason, wait.Message, cancel));
            return Result.Done;
        }

        var volume = plan.Bind is { } found ? await ReserveAsync(found, claim, cancel) : await ProvisionAsync(claim, plan.Provision!, cancel);
        await BindAsync(claim, volume, cancel);
        return Result.Done;
    }

    private async Task<V1PersistentVolume> ProvisionAsync(V1PersistentVolumeClaim claim, V1StorageClass storage, CancellationToken cancel)
    {
        var volume = ProvisionedVolume.For(claim, storage, root);
        if (claim.Spec.VolumeMode == "Block")
        {
            await events.WarningAsync(claim, "ProvisioningFailed", $"failed to provision volume with StorageClass \"{storage.Metadata.Name}\": block volumes are not supported", cancel);
            throw new InvalidOperationException("block volumes are not supported");
        }

        Directory.CreateDirectory(volume.Spec.HostPath.Path);
        try
        {
            volume = await client.CreateAsync(Resources.PersistentVolumes, volume, cancel);
            _ = events.NormalAsync(claim, "ProvisioningSucceeded", $"Successfully provisioned volume {volume.Metadata.Name}", cancel);
            return volume;
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            return await client.GetAsync(Resources.PersistentVolumes, null, volume.Metadata.Name, cancel); // the cache was behind
        }
    }

    private async Task<V1PersistentVolume> ReserveAsync(V1PersistentVolume volume, V1PersistentVolumeClaim claim, CancellationToken cancel)
    {
        if (volume.Spec.ClaimRef?.Uid == claim.Metadata.Uid)
        {
            return volume;
        }

        var changed = Copy.Of(volume);
        changed.Spec.ClaimRef = ProvisionedVolume.Reference(claim);
        return await client.UpdateAsync(Resources.PersistentVolumes, changed, cancel: cancel);
    }

    private async Task BindAsync(V1PersistentVolumeClaim claim, V1PersistentVolume volume, CancellationToken cancel)
    {
        var changed = Copy.Of(claim);
        changed.Metadata.Annotations = new Dictionary<string, string>(changed.Metadata.Annotations ?? new Dictionary<string, string>())
        {
            ["pv.kubernetes.io/bind-completed"] = "yes",
        };
        if (string.IsNullOrEmpty(changed.Spec.VolumeName))
        {
            changed.Spec.VolumeName = volume.Metadata.Name;
            changed.Metadata.Annotations["pv.kubernetes.io/bound-by-controller"] = "yes";
        }

        changed = await client.UpdateAsync(Resources.PersistentVolumeClaims, changed, cancel: cancel);
        changed.Status = new V1PersistentVolumeClaimStatus { Phase = "Bound", AccessModes = volume.Spec.AccessModes, Capacity = volume.Spec.Capacity };
        await client.UpdateAsync(Resources.PersistentVolumeClaims, changed, "status", cancel);
    }
}
