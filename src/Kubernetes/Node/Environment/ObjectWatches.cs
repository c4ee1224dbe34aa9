using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node.Environment;

/// <summary>
/// Watches the ConfigMaps and Secrets that pods of the node use, each by its name and for as long as a pod uses it
/// (kubelet's <c>watch_based_manager.go</c>): a node neither needs nor may read all of them.
/// </summary>
internal sealed class ObjectWatches(ApiClient client, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<WatchedObject, Watched> _watched = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Tells of the object and of each change of it, until the result is disposed. Handlers run on the watching task.</summary>
    public IDisposable Follow(WatchedObject @object, Action changed)
    {
        var follower = new Follower(this, @object, changed);
        bool isThere;
        lock (_lock)
        {
            if (!_watched.TryGetValue(@object, out var watched))
            {
                _watched[@object] = watched = new Watched(CancellationTokenSource.CreateLinkedTokenSource(_stop.Token));
                _ = @object.IsSecret ? RunAsync(Resources.Secrets, @object, watched) : RunAsync(Resources.ConfigMaps, @object, watched);
            }

            watched.Followers.Add(follower);
            isThere = watched.IsThere;
        }

        if (isThere)
        {
            changed();
        }

        return follower;
    }

    /// <summary>Completes when the object is there.</summary>
    public async Task UntilThereAsync(WatchedObject @object, CancellationToken cancel)
    {
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var following = Follow(@object, () => there.TrySetResult());
        await there.Task.WaitAsync(cancel);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private Task RunAsync<T>(Resource<T> resource, WatchedObject @object, Watched watched)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var one = new ListOptions { FieldSelector = $"metadata.name={@object.Name}" };
        var informer = new Informer<T>(client, resource, time, logger, @object.Namespace, one);
        informer.OnChange(change =>
        {
            List<Follower> told;
            lock (_lock)
            {
                watched.IsThere = change.After is not null;
                told = watched.IsThere ? [.. watched.Followers] : [];
            }

            told.ForEach(follower => follower.Changed());
        });
        return Task.Run(() => informer.RunAsync(watched.Stop.Token), CancellationToken.None);
    }

    private void Leave(WatchedObject @object, Follower follower)
    {
        Watched? last = null;
        lock (_lock)
        {
            if (_watched.TryGetValue(@object, out var watched) && watched.Followers.Remove(follower) && watched.Followers.Count == 0)
            {
                _watched.Remove(@object);
                last = watched;
            }
        }

        last?.Stop.Cancel();
        last?.Stop.Dispose();
    }

    private sealed class Watched(CancellationTokenSource stop)
    {
        public CancellationTokenSource Stop => stop;

        public HashSet<Follower> Followers { get; } = [];

        public bool IsThere { get; set; }
    }

    private sealed class Follower(ObjectWatches watches, WatchedObject @object, Action changed) : IDisposable
    {
        public Action Changed => changed;

        public void Dispose() => watches.Leave(@object, this);
    }
}
