using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;

namespace Kubernetes.Controllers.Volumes;

/// <summary>A deleted volume stays as long as it is bound to a claim.</summary>
internal sealed class VolumeProtection(ApiClient client, ILister<V1PersistentVolume> volumes) : IReconciler
{
    private const string Finalizer = "kubernetes.io/pv-protection";

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (volumes.Find(name) is not { } volume || !volume.Metadata.IsTerminating() || volume.Status?.Phase == "Bound"
            || volume.Metadata.Finalizers?.Contains(Finalizer) != true)
        {
            return Result.Done;
        }

        var changed = Copy.Of(volume);
        changed.Metadata.Finalizers = [.. changed.Metadata.Finalizers.Where(finalizer => finalizer != Finalizer)];
        await client.UpdateAsync(Resources.PersistentVolumes, changed, cancel: cancel);
        return Result.Done;
    }
}
