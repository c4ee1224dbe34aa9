using System.Collections.Concurrent;
using ArgoCd.Comparison;
using ArgoCd.Settings;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Live;

/// <summary>
/// Every object of the cluster that can be managed or be a child of a managed one, kept current by watches
/// (<c>gitops-engine/pkg/cache</c>). Kinds that appear later are picked up when their definition does.
/// </summary>
internal sealed class ClusterCache(ApiClient client, Func<ResourceExclusions> exclusions, TimeProvider time, ILogger logger)
{
    private readonly ConcurrentDictionary<ResourceKey, Unstructured> _objects = new();
    private readonly Dictionary<(string Group, string Kind), Task> _watches = [];
    private readonly SemaphoreSlim _discovering = new(1, 1);
    private readonly List<Action<Unstructured?, Unstructured?>> _handlers = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _running;

    public ServedKinds Kinds { get; } = new(client);

    /// <summary>Completes when the first list of every kind is in.</summary>
    public Task Synced => _synced.Task;

    public IEnumerable<Unstructured> Objects => _objects.Values;

    /// <summary>Called with the object before and after each change; null before: new, null after: gone.</summary>
    public void OnChange(Action<Unstructured?, Unstructured?> handler) => _handlers.Add(handler);

    public Unstructured? Find(ResourceKey key) => _objects.GetValueOrDefault(key);

    /// <summary>Takes in an object that a write returned, so that what follows does not see the state before.</summary>
    public void Observe(Unstructured @object) => Store(@object, tell: true);

    public async Task RunAsync(CancellationToken cancel)
    {
        _running = cancel;
        await StartWatchesAsync(cancel);
        _synced.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_watches.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task StartWatchesAsync(CancellationToken cancel)
    {
        await _discovering.WaitAsync(cancel);
        try
        {
            var discovery = await Kinds.RefreshAsync(cancel);
            var synced = new List<Task>();
            foreach (var resource in ServedKinds.Watchable(discovery, exclusions()))
            {
                if (!_watches.ContainsKey((resource.Group, resource.Kind)))
                {
                    synced.Add(StartWatch(resource, cancel));
                }
            }

            await Task.WhenAll(synced).WaitAsync(cancel);
        }
        finally
        {
            _discovering.Release();
        }
    }

    private Task StartWatch(Resource<Unstructured> resource, CancellationToken cancel)
    {
        var informer = new Informer<Unstructured>(client, resource, time, logger);
        informer.OnChange(Changed);
        _watches[(resource.Group, resource.Kind)] = Task.Run(() => informer.RunAsync(cancel), CancellationToken.None);
        return informer.Synced;
    }

    private void Changed(Change<Unstructured> change)
    {
        if (change.After is { } after)
        {
            Store(after, tell: true);
        }
        else if (_objects.TryGetValue(ResourceKey.Of(change.Object), out var before)
            && before.Metadata.Uid == change.Object.Metadata.Uid // else a successor of the same name is already here
            && _objects.TryRemove(KeyValuePair.Create(ResourceKey.Of(before), before)))
        {
            Tell(before, null);
        }

        if (change.Object is { Kind: "CustomResourceDefinition", Group: "apiextensions.k8s.io" } && Synced.IsCompleted)
        {
            _ = DiscoverAsync();
        }
    }

    private async Task DiscoverAsync()
    {
        try
        {
            await StartWatchesAsync(_running);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning("Reading the cluster's kinds failed, the next change of a CRD tries again: {Reason}", exception.Message);
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    private void Store(Unstructured @object, bool tell)
    {
        var key = ResourceKey.Of(@object);
        Unstructured? before = null;
        var stored = _objects.AddOrUpdate(key, @object, (_, known) =>
        {
            before = known;
            return @object.IsOlderThan(known) ? known : @object; // an event may come after the answer to a write that already holds a later state
        });
        if (tell && ReferenceEquals(stored, @object) && before?.Metadata.ResourceVersion != @object.Metadata.ResourceVersion)
        {
            Tell(before, @object);
        }
    }

    private void Tell(Unstructured? before, Unstructured? after)
    {
        foreach (var handler in _handlers)
        {
            handler(before, after);
        }
    }
}
