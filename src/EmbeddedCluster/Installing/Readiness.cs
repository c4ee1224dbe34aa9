using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;

namespace EmbeddedCluster.Installing;

/// <summary>Waits, on watch events, until Deployments have all their replicas ready.</summary>
/// <param name="client">An administrator's.</param>
/// <param name="patience">How long they may take, by the machine's clock; null: two minutes, where a laptop needs two seconds.</param>
public sealed class Readiness(ApiClient client, TimeSpan? patience = null)
{
    /// <summary>Returns when every Deployment of the cluster is complete.</summary>
    /// <exception cref="ClusterStartException">They are not in time: which, and what their pods wait for.</exception>
    public async Task DeploymentsAsync(CancellationToken cancel)
    {
        var limit = patience ?? TimeSpan.FromMinutes(2);
        using var late = new CancellationTokenSource(limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            await CompleteAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new ClusterStartException($"not ready within {limit.TotalSeconds:0} s: {await NotReadyAsync(cancel)}");
        }
    }

    private async Task<string> NotReadyAsync(CancellationToken cancel)
    {
        var deployments = (await client.ListAsync(Resources.Deployments, cancel: cancel)).Items.Where(deployment => !IsComplete(deployment))
            .Select(deployment => $"Deployment {NamespacedName.Of(deployment)} has {deployment.Status?.AvailableReplicas ?? 0} of {deployment.Spec.Replicas} replicas available");
        var pods = (await client.ListAsync(Resources.Pods, cancel: cancel)).Items.Where(pod => pod.Status?.Phase == "Pending" || Waiting(pod).Any())
            .Select(pod => $"pod {NamespacedName.Of(pod)} is {pod.Status?.Phase}{string.Concat(Waiting(pod).Select(waiting => $", {waiting}"))}");
        return $"{string.Join("; ", deployments.Concat(pods))}. Room in the temporary folder (TMPDIR), and memory, are what it needs";
    }

    private static IEnumerable<string> Waiting(V1Pod pod)
        => (pod.Status?.ContainerStatuses ?? []).Where(container => container.State?.Waiting is not null)
            .Select(container => $"{container.Name}: {container.State.Waiting.Reason} {container.State.Waiting.Message}".TrimEnd());

    private async Task CompleteAsync(CancellationToken cancel)
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
