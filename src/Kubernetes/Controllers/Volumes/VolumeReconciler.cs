using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;

namespace Kubernetes.Controllers.Volumes;

/// <summary>Keeps each volume's phase, and removes it with its folder when its claim is gone and its policy says so.</summary>
internal sealed class VolumeReconciler(ApiClient client, ILister<V1PersistentVolumeClaim> claims, ILister<V1PersistentVolume> volumes) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (volumes.Find(name) is not { } volume)
        {
            return Result.Done;
        }

        var phase = await PhaseAsync(volume, cancel);
        if (volume.Status?.Phase != phase)
        {
            var changed = Copy.Of(volume);
            changed.Status = new V1PersistentVolumeStatus { Phase = phase };
            await client.UpdateAsync(Resources.PersistentVolumes, changed, "status", cancel);
        }

        if (phase == "Released" && !volume.Metadata.IsTerminating() && volume.Spec.PersistentVolumeReclaimPolicy == "Delete" && ProvisionedVolume.IsOurs(volume))
        {
            await client.DeleteAsync(Resources.PersistentVolumes, null, name.Name, cancel: cancel);
            RemoveFolder(volume);
        }

        return Result.Done;
    }

    /// <summary>Removes what was kept in a volume of ours.</summary>
    public static void RemoveFolder(V1PersistentVolume volume)
    {
        if (ProvisionedVolume.IsOurs(volume) && volume.Spec.HostPath?.Path is { } folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // before data is lost, the server is asked and not the cache
    private async Task<string> PhaseAsync(V1PersistentVolume volume, CancellationToken cancel)
    {
        if (volume.Spec.ClaimRef is not { Uid.Length: > 0 } owner)
        {
            return "Available";
        }

        var claim = claims.Find(new NamespacedName(owner.NamespaceProperty, owner.Name));
        if (claim?.Metadata.Uid != owner.Uid)
        {
            claim = await client.FindAsync(Resources.PersistentVolumeClaims, owner.NamespaceProperty, owner.Name, cancel);
        }

        return claim?.Metadata.Uid == owner.Uid ? "Bound" : "Released";
    }
}
