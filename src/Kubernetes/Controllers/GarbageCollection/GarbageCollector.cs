using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Controllers.Runtime.Queues;
using k8s;
using k8s.Models;
using Kubernetes.Controllers.Monitoring;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Controllers.GarbageCollection;

/// <summary>
/// Deletes what lost its owners, finishes foreground deletions, and sets dependents free in orphaning ones
/// (<c>pkg/controller/garbagecollector</c>).
/// </summary>
internal sealed class GarbageCollector : IDisposable
{
    private const int Workers = 8;

    private readonly ApiClient _client;
    private readonly ResourceMonitors _monitors;
    private readonly OwnerGraph _graph = new();
    private readonly OwnerLookup _owners;
    private readonly WorkQueue<string> _queue;
    private readonly ILogger _logger;

    public GarbageCollector(ControllerContext context, ResourceMonitors monitors)
    {
        _client = context.Client;
        _monitors = monitors;
        _owners = new OwnerLookup(context.Client, monitors);
        _queue = new WorkQueue<string>(context.Time);
        _logger = context.Logger("garbagecollector");
        monitors.OnChange((resource, change) =>
        {
            if (change.After is { } @object)
            {
                Enqueue(_graph.Observe(new GraphNode(resource, @object.Metadata)));
                return;
            }

            var gone = change.Object.Metadata;
            _owners.KnowAbsent(gone.NamespaceProperty ?? "", gone.Uid);
            Enqueue(_graph.Remove(gone.Uid));
        });
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await _monitors.Synced.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(cancel), CancellationToken.None)));
    }

    public void Dispose() => _queue.Dispose();

    private void Enqueue(IReadOnlyList<string> uids)
    {
        foreach (var uid in uids)
        {
            _queue.Add(uid);
        }
    }

    private async Task WorkAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            string uid;
            try
            {
                uid = await _queue.TakeAsync(cancel);
            }
            catch (Exception exception) when (exception is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
            {
                return;
            }

            try
            {
                await LookAsync(uid, cancel);
                _queue.Forget(uid);
            }
            catch (Exception exception) when (!cancel.IsCancellationRequested)
            {
                _logger.LogDebug("{Object}: again: {Reason}", _graph.Find(uid)?.Metadata.Name ?? uid, exception.Message);
                _queue.AddRateLimited(uid);
            }
            catch (Exception)
            {
                // stopping
            }
            finally
            {
                _queue.Done(uid);
            }
        }
    }

    private async Task LookAsync(string uid, CancellationToken cancel)
    {
        if (_graph.Find(uid) is not { } observed)
        {
            return;
        }

        var live = await _client.FindAsync(observed.Resource, observed.Metadata.NamespaceProperty, observed.Metadata.Name, cancel);
        if (live is null || live.Metadata.Uid != uid)
        {
            return; // its own deletion event takes it out of the graph
        }

        var item = new GraphNode(observed.Resource, live.Metadata);
        if (item.IsOrphaning)
        {
            await OrphanAsync(item, cancel);
        }
        else if (item.IsDeletingDependents)
        {
            await FinishForegroundAsync(item, cancel);
        }
        else
        {
            await CollectAsync(item, cancel);
        }
    }

    private async Task CollectAsync(GraphNode item, CancellationToken cancel)
    {
        if (item.Owners.Count == 0 || item.IsBeingDeleted)
        {
            return;
        }

        var owners = new List<(V1OwnerReference, OwnerState)>();
        foreach (var reference in item.Owners)
        {
            owners.Add((reference, await _owners.StateAsync(item, reference, cancel)));
        }

        var plan = GarbagePlan.For(item, owners, _graph.DependentsOf(item.Uid));
        switch (plan.Action)
        {
            case GarbageAction.RemoveOwners:
                await PatchOwnersAsync(item, item.Owners.Where(owner => !plan.Owners.Contains(owner.Uid)), cancel);
                break;
            case GarbageAction.Delete:
                var version = plan.Unblock ? await UnblockAsync(item, cancel) : item.Metadata.ResourceVersion;
                await DeleteAsync(item, plan.Propagation, version, cancel);
                break;
        }
    }

    private async Task FinishForegroundAsync(GraphNode item, CancellationToken cancel)
    {
        var blocking = _graph.DependentsOf(item.Uid).Where(dependent => dependent.Blocks(item.Uid)).ToList();
        if (blocking.Count == 0)
        {
            await RemoveFinalizerAsync(item, Finalizers.Foreground, cancel);
            return;
        }

        Enqueue([.. blocking.Where(dependent => !dependent.IsDeletingDependents).Select(dependent => dependent.Uid)]);
    }

    private async Task OrphanAsync(GraphNode item, CancellationToken cancel)
    {
        foreach (var dependent in _graph.DependentsOf(item.Uid))
        {
            await PatchOwnersAsync(dependent, dependent.Owners.Where(owner => owner.Uid != item.Uid), cancel);
        }

        await RemoveFinalizerAsync(item, Finalizers.Orphan, cancel);
    }

    private async Task<string> UnblockAsync(GraphNode item, CancellationToken cancel)
    {
        var free = item.Owners.Select(owner =>
        {
            var copy = Copy.Of(owner);
            copy.BlockOwnerDeletion = false;
            return copy;
        });
        return (await PatchOwnersAsync(item, free, cancel))?.Metadata.ResourceVersion ?? item.Metadata.ResourceVersion;
    }

    private Task<PartialObject?> PatchOwnersAsync(GraphNode item, IEnumerable<V1OwnerReference> owners, CancellationToken cancel)
    {
        var references = new JsonArray([.. owners.Select(owner => JsonNode.Parse(KubernetesJson.Serialize(owner)))]);
        return PatchAsync(item, "ownerReferences", references, cancel);
    }

    private Task<PartialObject?> RemoveFinalizerAsync(GraphNode item, string finalizer, CancellationToken cancel)
    {
        var finalizers = new JsonArray([.. item.Metadata.Finalizers.Where(name => name != finalizer).Select(name => JsonValue.Create(name))]);
        return PatchAsync(item, "finalizers", finalizers, cancel);
    }

    private async Task<PartialObject?> PatchAsync(GraphNode item, string field, JsonArray value, CancellationToken cancel)
    {
        var patch = Patch.Merge(new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = item.Uid, ["resourceVersion"] = item.Metadata.ResourceVersion, [field] = value },
        });
        try
        {
            return await _client.PatchAsync(item.Resource, item.Metadata.NamespaceProperty, item.Metadata.Name, patch, cancel: cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    private Task DeleteAsync(GraphNode item, string propagation, string version, CancellationToken cancel)
    {
        var options = new V1DeleteOptions
        {
            PropagationPolicy = propagation,
            Preconditions = new V1Preconditions { Uid = item.Uid, ResourceVersion = version },
        };
        return _client.DeleteAsync(item.Resource, item.Metadata.NamespaceProperty, item.Metadata.Name, options, cancel);
    }
}
