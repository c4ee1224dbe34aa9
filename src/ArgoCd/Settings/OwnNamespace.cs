using ArgoCd.Applications;
using ArgoCd.Projects;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Settings;

/// <summary>Watches of Argo CD's own namespace: nothing beyond it, as its Role permits nothing beyond it.</summary>
internal sealed class OwnNamespace(ApiClient client, string @namespace, TimeProvider time, ILogger logger)
{
    public Informer<Unstructured> Applications { get; } = new(client, Application.Resource, time, logger, @namespace);

    public Informer<Unstructured> Projects { get; } = new(client, AppProject.Resource, time, logger, @namespace);

    public Informer<V1ConfigMap> ConfigMaps { get; } = new(client, Resources.ConfigMaps, time, logger, @namespace);

    public Informer<V1Secret> Secrets { get; } = new(client, Resources.Secrets, time, logger, @namespace);

    public Task Synced => Task.WhenAll(Applications.Synced, Projects.Synced, ConfigMaps.Synced, Secrets.Synced);

    public Task RunAsync(CancellationToken cancel)
        => Task.WhenAll(Applications.RunAsync(cancel), Projects.RunAsync(cancel), ConfigMaps.RunAsync(cancel), Secrets.RunAsync(cancel));
}
