using ArgoCd.Applications;
using ArgoCd.Live;
using ArgoCd.Settings;
using ArgoCd.Source;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Server;

/// <summary>What the routes work with.</summary>
internal sealed record ServerContext(
    ApiClient Client,
    string Namespace,
    ArgoCdSettings Settings,
    Repositories Repositories,
    ProjectLookup Projects,
    SourceManifests Manifests,
    ApplicationWriter Writer,
    EventRecorder Events,
    LiveState Live,
    TimeProvider Time,
    ILogger Logger)
{
    /// <summary>The application of a request.</summary>
    /// <exception cref="GrpcException">
    /// There is none. Without a project in the request the answer is "permission denied", so that nobody learns which names exist.
    /// </exception>
    public async Task<Application> ApplicationAsync(string name, string? project, CancellationToken cancel)
    {
        var application = await Writer.FindAsync(Namespace, name, cancel);
        if (application is not null && (string.IsNullOrEmpty(project) || project == application.Spec.ProjectName))
        {
            return application;
        }

        throw string.IsNullOrEmpty(project)
            ? GrpcException.PermissionDenied
            : new GrpcException(GrpcCode.NotFound, $"applications.argoproj.io \"{name}\" not found");
    }
}

/// <summary>The live objects of the cluster; watched from the first request on that needs them.</summary>
internal sealed class LiveState(ClusterCache cluster, CancellationToken stopping)
{
    private readonly Lock _lock = new();
    private Task? _running;

    /// <summary>Completes when the watches have ended.</summary>
    public Task Running => _running ?? Task.CompletedTask;

    public async Task<ClusterCache> GetAsync(CancellationToken cancel)
    {
        lock (_lock)
        {
            _running ??= Task.Run(() => cluster.RunAsync(stopping), CancellationToken.None);
        }

        await Task.WhenAny(cluster.Synced, _running).WaitAsync(cancel);
        if (!cluster.Synced.IsCompleted)
        {
            await _running; // why it could not start
        }

        return cluster;
    }
}
