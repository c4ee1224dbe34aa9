using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Queues;
using k8s.Models;

namespace Kubernetes.Controllers.Monitoring;

/// <summary>
/// Watches the metadata of every object of every resource that can be listed, watched and deleted, custom ones included
/// (the monitors of upstream's garbage collector). New custom resources are picked up when their definition changes.
/// Events are left out, as upstream does: nothing depends on them.
/// </summary>
internal sealed class ResourceMonitors(ControllerContext context) : IDisposable
{
    private const string Again = "";

    private readonly List<Action<Resource<PartialObject>, Change<PartialObject>>> _handlers = [];
    private readonly Dictionary<Resource<PartialObject>, Monitor> _monitors = [];
    private readonly WorkQueue<string> _queue = new(context.Time);
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the server served when last asked.</summary>
    public Discovery? Served { get; private set; }

    /// <summary>Completes when every resource of the first look is listed.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Adds a handler of changes; before <see cref="RunAsync"/>.</summary>
    public void OnChange(Action<Resource<PartialObject>, Change<PartialObject>> handler) => _handlers.Add(handler);

    /// <summary>Looks again at what the server serves whenever the served set of a definition changes.</summary>
    public void Follow(Informer<V1CustomResourceDefinition> definitions)
        => definitions.OnChange(change =>
        {
            if (Serves(change.Before) != Serves(change.After))
            {
                _queue.Add(Again);
            }
        });

    public async Task RunAsync(CancellationToken cancel)
    {
        var logger = context.Logger("monitors");
        _queue.Add(Again);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                await _queue.TakeAsync(cancel);
                try
                {
                    await LookAsync(cancel);
                    _queue.Forget(Again);
                    _synced.TrySetResult();
                }
                catch (Exception exception) when (!cancel.IsCancellationRequested)
                {
                    Microsoft.Extensions.Logging.LoggerExtensions.LogDebug(logger, "discovery failed, again: {Reason}", exception.Message);
                    _queue.AddRateLimited(Again);
                }
                finally
                {
                    _queue.Done(Again);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
        finally
        {
            await Task.WhenAll(_monitors.Values.Select(monitor => monitor.StopAsync()));
        }
    }

    public void Dispose() => _queue.Dispose();

    private async Task LookAsync(CancellationToken cancel)
    {
        Served = await Discovery.ReadAsync(context.Client, cancel);
        var wanted = Served.PreferredResources
            .Where(served => served.Supports("list", "watch", "delete") && served.Resource.Plural != "events")
            .Select(served => served.Resource.As<PartialObject>())
            .ToHashSet();
        foreach (var (resource, monitor) in _monitors.Where(pair => !wanted.Contains(pair.Key)).ToList())
        {
            _monitors.Remove(resource);
            await monitor.StopAsync();
            foreach (var @object in monitor.Informer.Lister.List())
            {
                Tell(resource, new Change<PartialObject>(@object, null));
            }
        }

        foreach (var resource in wanted.Where(resource => !_monitors.ContainsKey(resource)))
        {
            _monitors[resource] = Start(resource, cancel);
        }

        await Task.WhenAll(_monitors.Values.Select(monitor => monitor.Informer.Synced)).WaitAsync(cancel);
    }

    private Monitor Start(Resource<PartialObject> resource, CancellationToken cancel)
    {
        var informer = new Informer<PartialObject>(context.Client, resource, context.Time, context.Logger("monitors"));
        informer.OnChange(change => Tell(resource, change));
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        return new Monitor(informer, stop, informer.RunAsync(stop.Token));
    }

    private void Tell(Resource<PartialObject> resource, Change<PartialObject> change)
    {
        foreach (var handler in _handlers)
        {
            handler(resource, change);
        }
    }

    private static string Serves(V1CustomResourceDefinition? definition)
    {
        var established = definition?.Status?.Conditions?.Any(condition => condition is { Type: "Established", Status: "True" }) == true;
        return established ? string.Join(',', definition!.Spec.Versions.Where(version => version.Served).Select(version => version.Name)) : "";
    }

    private sealed record Monitor(Informer<PartialObject> Informer, CancellationTokenSource Stop, Task Running)
    {
        public async Task StopAsync()
        {
            await Stop.CancelAsync();
            await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Stop.Dispose();
        }
    }
}
