using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using ArgoRollouts.Tests.Cluster;
using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;
using EmbeddedCluster;
using EmbeddedCluster.Installing;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(RolloutsCluster))]

namespace ArgoRollouts.Tests.Cluster;

/// <summary>A Kubernetes cluster with a node, on a clock thirty times faster, and the Rollouts controller running against it under its own role.</summary>
public sealed class RolloutsCluster : IAsyncLifetime
{
    public const int Speed = 30;

    /// <summary>Real time after which a wait is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private EmbeddedCluster.Cluster? _cluster;
    private Task _controller = Task.CompletedTask;
    private int _namespaces;

    public ApiClient Client => _cluster!.Client;

    /// <summary>The administrator's credentials.</summary>
    public KubernetesClientConfiguration Configuration => _cluster!.Api.AdminConfiguration;

    public TimeProvider Time => _cluster!.Time;

    internal ConcurrentQueue<string> Logged { get; } = [];

    public async ValueTask InitializeAsync()
    {
        _cluster = await EmbeddedCluster.Cluster.StartAsync(new ClusterOptions { WithStack = false, Speed = Speed });
        var platform = ManifestReader.ReadFolder(Path.Combine(Repository.Root, "manifests", "platform", "argo-rollouts"));
        await new Installer(Client).ApplyAsync(platform.Where(manifest => manifest.Kind != "Deployment"), CancellationToken.None);
        _controller = RolloutsController.RunAsync(
            new RolloutsOptions
            {
                Configuration = _cluster.Api.ConfigurationFor("argo-rollouts", "argo-rollouts"),
                PodName = "argo-rollouts-tests",
                Time = Time,
                Loggers = LoggerFactory.Create(logging => logging.AddProvider(new LogLines(Logged)).SetMinimumLevel(LogLevel.Information)),
            },
            _stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _controller.WaitAsync(Patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _cluster!.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>A namespace of the test's own.</summary>
    public async Task<string> NamespaceAsync()
    {
        var name = $"test-{Interlocked.Increment(ref _namespaces)}";
        await Client.CreateAsync(Resources.Namespaces, new V1Namespace { Metadata = new V1ObjectMeta { Name = name } });
        return name;
    }

    public async Task ApplyAsync(string @namespace, string yaml)
    {
        var manifests = ManifestReader.Read(yaml, "test");
        foreach (var manifest in manifests)
        {
            manifest.Json["metadata"]!["namespace"] = @namespace;
        }

        await new Installer(Client).ApplyAsync(manifests, CancellationToken.None);
    }

    /// <summary>Waits on a watch until the Rollout is as wanted.</summary>
    public Task<Rollout> RolloutAsync(string @namespace, string name, Func<Rollout, bool> wanted)
        => EventuallyAsync(RolloutsResources.Rollouts, @namespace, name, wanted);

    /// <summary>Waits on a watch until an object of that name is there and as wanted.</summary>
    public async Task<T> EventuallyAsync<T>(Resource<T> resource, string @namespace, string name, Func<T, bool> wanted)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        T? last = null;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var list = await Client.ListAsync(resource, @namespace, cancel: patience.Token);
            last = list.Items.FirstOrDefault(item => item.Metadata.Name == name);
            if (last is not null && wanted(last))
            {
                return last;
            }

            await foreach (var change in Client.WatchAsync(resource, @namespace, new ListOptions { ResourceVersion = list.ResourceVersion }, patience.Token))
            {
                if (change.Kind is WatchEventKind.Added or WatchEventKind.Modified && change.Object.Metadata.Name == name)
                {
                    last = change.Object;
                    if (wanted(last))
                    {
                        return last;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // told below
        }

        throw new TimeoutException(
            $"{resource.Kind} {@namespace}/{name} did not become as wanted. Last seen: {(last is null ? "nothing" : KubernetesJson.Serialize(last))}\nLogged: {string.Join('\n', Logged.TakeLast(20))}");
    }

    /// <summary>Waits on a watch until there is no object of that name.</summary>
    public async Task GoneAsync<T>(Resource<T> resource, string @namespace, string name)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var list = await Client.ListAsync(resource, @namespace, cancel: patience.Token);
        if (list.Items.All(item => item.Metadata.Name != name))
        {
            return;
        }

        await foreach (var change in Client.WatchAsync(resource, @namespace, new ListOptions { ResourceVersion = list.ResourceVersion }, patience.Token))
        {
            if (change.Kind == WatchEventKind.Deleted && change.Object.Metadata.Name == name)
            {
                return;
            }
        }
    }

    /// <summary>The version from which a watch sees what comes after this call.</summary>
    public async Task<string> VersionAsync<T>(Resource<T> resource, string @namespace)
        where T : class, IKubernetesObject<V1ObjectMeta>
        => (await Client.ListAsync(resource, @namespace)).ResourceVersion;

    /// <summary>Changes fields of the Rollout demo, as kubectl patch does.</summary>
    public Task<Rollout> PatchAsync(string @namespace, string json)
        => Client.PatchAsync(RolloutsResources.Rollouts, @namespace, "demo", Patch.Merge((JsonObject)JsonNode.Parse(json)!));

    /// <summary>Changes the status of the Rollout demo, as the plugin and Argo CD's actions do.</summary>
    public Task<Rollout> PatchStatusAsync(string @namespace, string json)
        => Client.PatchAsync(RolloutsResources.Rollouts, @namespace, "demo", Patch.Merge(new JsonObject { ["status"] = JsonNode.Parse(json) }), "status");

    public Task DeleteAsync(string @namespace) => Client.DeleteAsync(RolloutsResources.Rollouts, @namespace, "demo");

    public async Task<IReadOnlyList<T>> ListAsync<T>(Resource<T> resource, string @namespace)
        where T : class, IKubernetesObject<V1ObjectMeta>
        => (await Client.ListAsync(resource, @namespace)).Items;
}
