using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Scheduling;

namespace Kubernetes.Controllers.Volumes;

/// <summary>A deleted claim stays as long as a pod on a node names it, a finished one too, as upstream.</summary>
internal sealed class ClaimProtection(ApiClient client, ILister<V1PersistentVolumeClaim> claims) : IReconciler
{
    private const string Finalizer = "kubernetes.io/pvc-protection";

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (claims.Find(name) is not { } claim || !claim.Metadata.IsTerminating() || claim.Metadata.Finalizers?.Contains(Finalizer) != true)
        {
            return Result.Done;
        }

        // before data is lost, the server is asked and not the cache
        var pods = await client.ListAsync(Resources.Pods, name.Namespace, cancel: cancel);
        if (pods.Items.Any(pod => !string.IsNullOrEmpty(pod.Spec.NodeName) && PodClaims.Of(pod).Contains(name)))
        {
            return Result.Done; // the pod's end brings the claim back
        }

        var changed = Copy.Of(claim);
        changed.Metadata.Finalizers = [.. changed.Metadata.Finalizers.Where(finalizer => finalizer != Finalizer)];
        await client.UpdateAsync(Resources.PersistentVolumeClaims, changed, cancel: cancel);
        return Result.Done;
    }
}
