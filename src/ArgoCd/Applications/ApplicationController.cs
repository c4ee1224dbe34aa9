using ArgoCd.Applications;
using ArgoCd.Comparison;
using ArgoCd.Live;
using ArgoCd.Settings;
using ArgoCd.Source;
using ArgoCd.Sync;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using Microsoft.Extensions.Logging;

namespace ArgoCd;

/// <summary>
/// Argo CD's application controller and repo server in one: compares what Git says with what the cluster has, and syncs.
/// Keeps no state but in the API's objects; one replica, as upstream's.
/// </summary>
public sealed class ApplicationController
{
    private const int Workers = 4;

    private readonly ClusterCache _cluster;
    private readonly OwnNamespace _informers;
    private readonly RefreshRequests _requests = new();
    private readonly Controller _refresh;
    private readonly Controller _operations;
    private readonly ILister<Unstructured> _applications;
    private readonly string _namespace;

    private ApplicationController(ApplicationControllerOptions options, ApiClient client, string cacheFolder)
    {
        _namespace = options.Namespace;
        var (time, logger) = (options.Time, options.LoggerFactory.CreateLogger("argocd-application-controller"));
        _informers = new OwnNamespace(client, _namespace, time, logger);
        _applications = _informers.Applications.Lister;
        var projects = new ProjectLookup(_informers.Projects.Lister, _namespace);
        var settings = new ArgoCdSettings(_informers.ConfigMaps.Lister, _namespace);
        var repositories = new Repositories(_informers.Secrets.Lister, _namespace);
        _cluster = new ClusterCache(client, () => settings.Exclusions, time, logger);
        var manifests = new SourceManifests(new GitClient(cacheFolder));
        var state = new AppState(settings, repositories, manifests, _cluster, time);
        var writer = new ApplicationWriter(client);
        var events = new EventRecorder(client, "argocd-application-controller", time, logger, correlates: false);
        var resources = new ResourceOperations(client, _cluster, time);

        var refresh = new RefreshReconciler(
            _applications, projects, settings, state, _cluster, writer, _requests, events, _namespace, time, logger);
        var operations = new OperationReconciler(
            _applications,
            projects,
            new AppSync(state, _cluster, resources, writer, time),
            new AppDeletion(_cluster, resources, writer, events, time, logger),
            writer,
            _requests,
            events,
            time,
            logger);
        _refresh = new Controller("application-refresh", refresh, time, logger, Workers);
        _operations = new Controller("application-operation", operations, time, logger, Workers);
        refresh.Later = _refresh.Queue.AddAfter;
        operations.Refresh = _refresh.Queue.Add;
        _informers.Applications.OnChange(ApplicationChanged);
        _informers.Projects.OnChange(_ => EveryApplication());
        _cluster.OnChange(ResourceChanged);
    }

    /// <summary>Runs until cancelled.</summary>
    public static async Task RunAsync(ApplicationControllerOptions options, CancellationToken cancel)
    {
        using var client = new ApiClient(options.Configuration, "argocd-application-controller");
        using var folder = new CacheFolder(options.CacheFolder);
        var controller = new ApplicationController(options, client, folder.Path);
        await using var metrics = await MetricsEndpoint.StartAsync(options.Metrics, () => controller._applications.List(options.Namespace), options.LoggerFactory, cancel);
        await controller.RunAsync(options.Started, cancel);
    }

    /// <summary>Ready once its own namespace is known; work on applications waits for the first lists of the cluster's resources by itself.</summary>
    private async Task RunAsync(Action? started, CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var informing = _informers.RunAsync(ending.Token);
        var watching = _cluster.RunAsync(ending.Token);
        try
        {
            await _informers.Synced.WaitAsync(ending.Token);
            started?.Invoke();
            var working = Task.WhenAll(_refresh.RunAsync(ending.Token), _operations.RunAsync(ending.Token));
            await await Task.WhenAny(working, watching); // watches that cannot start end the process
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // asked to stop
        }
        finally
        {
            await ending.CancelAsync();
            _refresh.Dispose();
            _operations.Dispose();
            await Task.WhenAll(informing, watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void ApplicationChanged(Change<Unstructured> change)
    {
        var name = NamespacedName.Of(change.Object);
        if (name.Namespace == _namespace)
        {
            _refresh.Queue.Add(name);
            _operations.Queue.Add(name);
        }
    }

    private void EveryApplication()
    {
        foreach (var application in _applications.List(_namespace))
        {
            _requests.Add(NamespacedName.Of(application), CompareWith.Recent);
            _refresh.Queue.Add(NamespacedName.Of(application));
        }
    }

    /// <summary>Only what the application itself deploys counts: its children show in the health and status of their owner.</summary>
    private void ResourceChanged(Unstructured? before, Unstructured? after)
    {
        var @object = (after ?? before)!;
        if (TrackingId.Of(@object) is { } id && id.IsSelfReferenced(ResourceKey.Of(@object)) && ResourceUpdates.IsRelevant(before, after))
        {
            var name = new NamespacedName(_namespace, id.Application);
            _requests.Add(name, CompareWith.Recent);
            _refresh.Queue.Add(name);
            _operations.Queue.Add(name); // a sync may wait for it, or a deletion
        }
    }
}
