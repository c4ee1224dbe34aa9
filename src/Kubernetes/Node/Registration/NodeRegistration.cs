using Controllers.Runtime.Client;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node.Registration;

/// <summary>Registers the node and keeps its lease renewed, as a kubelet does: every 10 s, for 40 s; its status every 5 minutes.</summary>
internal sealed class NodeRegistration(ApiClient client, string name, string address, NodeCapacity capacity, TimeProvider time, ILogger logger)
{
    private const string LeaseNamespace = "kube-node-lease";
    private const int LeaseSeconds = 40;

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StatusReport = TimeSpan.FromMinutes(5);

    private DateTime _reportedAt;
    private V1Lease? _lease;

    /// <summary>Makes the node known, or takes over the object of a former run.</summary>
    public async Task RegisterAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var node = NodeObject.For(name, address, capacity, now);
        try
        {
            await client.CreateAsync(Resources.Nodes, node, cancel);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            // reported on below
        }

        // a server that separates status from creation drops it
        await ReportAsync(node.Status, cancel);
    }

    /// <summary>Renews until cancelled.</summary>
    public async Task KeepAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                try
                {
                    await RenewAsync(cancel);
                    if (time.GetUtcNow().UtcDateTime - _reportedAt >= StatusReport)
                    {
                        await ReportAsync(NodeObject.For(name, address, capacity, time.GetUtcNow().UtcDateTime).Status, cancel);
                    }
                }
                catch (Exception exception) when (!cancel.IsCancellationRequested)
                {
                    logger.LogDebug("node lease not renewed, again: {Reason}", exception.Message);
                }

                await Task.Delay(Renewal, time, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // the node stops
        }
    }

    private async Task ReportAsync(V1NodeStatus status, CancellationToken cancel)
    {
        var node = await client.GetAsync(Resources.Nodes, null, name, cancel);
        if (node.Status?.Conditions is { } before)
        {
            foreach (var condition in status.Conditions)
            {
                condition.LastTransitionTime = before.FirstOrDefault(other => other.Type == condition.Type && other.Status == condition.Status)?.LastTransitionTime
                    ?? condition.LastTransitionTime;
            }
        }

        node.Status = status;
        await client.UpdateAsync(Resources.Nodes, node, "status", cancel);
        _reportedAt = time.GetUtcNow().UtcDateTime;
    }

    private async Task RenewAsync(CancellationToken cancel)
    {
        // as last written: it is read again only when that was refused (client-go's component-helpers/apimachinery/lease)
        var lease = _lease ?? await client.FindAsync(Resources.Leases, LeaseNamespace, name, cancel);
        _lease = null;
        var now = time.GetUtcNow().UtcDateTime;
        if (lease is not null)
        {
            lease.Spec.RenewTime = now;
            _lease = await client.UpdateAsync(Resources.Leases, lease, cancel: cancel);
            return;
        }

        var fresh = new V1Lease
        {
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = LeaseNamespace },
            Spec = new V1LeaseSpec { HolderIdentity = name, LeaseDurationSeconds = LeaseSeconds, RenewTime = now },
        };
        _lease = await client.CreateAsync(Resources.Leases, fresh, cancel);
    }
}
