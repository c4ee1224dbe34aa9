using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Controllers.Runtime.Caching;

/// <summary>A change that an informer saw: null before = new, null after = gone.</summary>
public readonly record struct Change<T>(T? Before, T? After)
    where T : class
{
    /// <summary>The object after the change, or its last state when it is gone.</summary>
    public T Object => After ?? Before!;
}

/// <summary>
/// Keeps a cache of one resource current by list and watch, and tells handlers of every change
/// (client-go's <c>SharedIndexInformer</c>). Lists again when the server's history no longer reaches back.
/// Objects that are no T (a custom resource whose schema allows more than the type) are read around: to this cache they are not there.
/// Handlers run in order on the watching task: they only enqueue. One that fails is logged and keeps the change from no other.
/// </summary>
public sealed class Informer<T>(
    ApiClient client, Resource<T> resource, TimeProvider time, ILogger logger, string? @namespace = null, ListOptions? options = null) : IInformer
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(30);

    private readonly ObjectCache<T> _cache = new();
    private readonly List<Action<Change<T>>> _handlers = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ILister<T> Lister => _cache;

    /// <summary>Completes when the first list is in the cache.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Adds a handler; before <see cref="RunAsync"/>, or it misses what came first.</summary>
    public void OnChange(Action<Change<T>> handler) => _handlers.Add(handler);

    public async Task RunAsync(CancellationToken cancel)
    {
        var retry = RetryFirst;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var version = await ListAsync(cancel);
                retry = RetryFirst;
                await WatchAsync(version, cancel);
            }
            catch (ApiException exception) when (exception.IsExpired)
            {
                continue;
            }
            catch (Exception exception) when (ReadableList.IsUnreadable(exception))
            {
                continue; // a change that cannot be read: what can be is listed again
            }
            catch (Exception exception) when (!cancel.IsCancellationRequested)
            {
                logger.LogDebug("{Resource}: list and watch failed, again in {Retry}: {Reason}", resource.GroupResource, retry, exception.Message);
                await Task.Delay(retry, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                retry = TimeSpan.FromTicks(Math.Min(retry.Ticks * 2, RetryMax.Ticks));
            }
            catch (Exception) when (cancel.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<string> ListAsync(CancellationToken cancel)
    {
        var list = await ReadableList.ReadAsync(client, resource, @namespace, options, logger, cancel);
        var listed = new HashSet<NamespacedName>();
        foreach (var item in list.Items)
        {
            listed.Add(NamespacedName.Of(item));
            Store(item);
        }

        foreach (var item in _cache.List())
        {
            if (!listed.Contains(NamespacedName.Of(item)))
            {
                Remove(item);
            }
        }

        _synced.TrySetResult();
        return list.ResourceVersion;
    }

    private async Task WatchAsync(string version, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var from = (options ?? new ListOptions()) with { ResourceVersion = version };
            await foreach (var change in client.WatchAsync(resource, @namespace, from, cancel))
            {
                version = change.Object.Metadata.ResourceVersion;
                switch (change.Kind)
                {
                    case WatchEventKind.Added or WatchEventKind.Modified:
                        Store(change.Object);
                        break;
                    case WatchEventKind.Deleted:
                        Remove(change.Object);
                        break;
                }
            }
        }
    }

    private void Store(T @object)
    {
        var before = _cache.Set(@object);
        if (before is null || before.Metadata.ResourceVersion != @object.Metadata.ResourceVersion)
        {
            Tell(new Change<T>(before, @object));
        }
    }

    private void Remove(T @object)
    {
        _cache.Remove(NamespacedName.Of(@object));
        Tell(new Change<T>(@object, null));
    }

    private void Tell(Change<T> change)
    {
        foreach (var handler in _handlers)
        {
            try
            {
                handler(change);
            }
            catch (Exception exception)
            {
                // the cache holds the change already: a new list would not tell of it again
                logger.LogError(exception, "{Resource} {Name}: a handler of its changes failed: {Reason}", resource.GroupResource, NamespacedName.Of(change.Object), exception.Message);
            }
        }
    }
}
