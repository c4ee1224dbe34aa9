using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;

namespace EmbeddedCluster.Installing;

/// <summary>Waits, on watch events, until Deployments have all their replicas ready.</summary>
public sealed class Readiness(ApiClient client)
{
    /// <summary>Returns when every Deployment of the cluster is complete.</summary>
    public async Task DeploymentsAsync(CancellationToken cancel)
    {
        var list = await client.ListAsync(Resources.Deployments, cancel: cancel);
        var waiting = list.Items.Where(deployment => !IsComplete(deployment)).Select(NamespacedName.Of).ToHashSet();
        if (waiting.Count == 0)
        {
            return;
        }

        var from = new ListOptions { ResourceVersion = list.ResourceVersion };
        await foreach (var change in client.WatchAsync(Resources.Deployments, options: from, cancel: cancel))
        {
            if (change.Kind != WatchEventKind.Bookmark && IsComplete(change.Object) && waiting.Remove(NamespacedName.Of(change.Object)) && waiting.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>What <c>kubectl rollout status</c> calls successfully rolled out.</summary>
    internal static bool IsComplete(V1Deployment deployment)
        => deployment.Status is { } status
           && status.ObservedGeneration >= deployment.Metadata.Generation
           && status.UpdatedReplicas == deployment.Spec.Replicas
           && status.AvailableReplicas == deployment.Spec.Replicas
           && status.Replicas == deployment.Spec.Replicas;
}
