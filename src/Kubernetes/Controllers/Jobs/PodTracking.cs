using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>
/// The finalizer by which a Job's pods stay until they are counted (<c>batch.kubernetes.io/job-tracking</c>), and the pods that were let go
/// although the cache may still show them held (upstream's <c>tracking_utils.go</c>, <c>uidTrackingExpectations</c>).
/// </summary>
internal sealed class PodTracking(ApiClient client)
{
    public const string Finalizer = "batch.kubernetes.io/job-tracking";

    private readonly ConcurrentDictionary<string, bool> _released = new();

    public static bool HasFinalizer(V1Pod pod) => pod.Metadata.Finalizers?.Contains(Finalizer) == true;

    /// <summary>Whether the pod is still to be counted.</summary>
    public bool Holds(V1Pod pod) => HasFinalizer(pod) && !_released.ContainsKey(pod.Metadata.Uid);

    /// <summary>The cache shows the pod without the finalizer, or no longer.</summary>
    public void ObservedRelease(V1Pod pod) => _released.TryRemove(pod.Metadata.Uid, out _);

    /// <summary>Takes the finalizer off; a pod that is gone needs nothing.</summary>
    public async Task ReleaseAsync(V1Pod pod, CancellationToken cancel)
    {
        if (!HasFinalizer(pod))
        {
            return;
        }

        _released[pod.Metadata.Uid] = true; // before the event of it can arrive
        var patch = Patch.Strategic(new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = pod.Metadata.Uid, ["$deleteFromPrimitiveList/finalizers"] = new JsonArray(Finalizer) },
        });
        try
        {
            await client.PatchAsync(Resources.Pods, pod.Metadata.NamespaceProperty, pod.Metadata.Name, patch, cancel: cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // gone
        }
        catch
        {
            ObservedRelease(pod);
            throw;
        }
    }
}
