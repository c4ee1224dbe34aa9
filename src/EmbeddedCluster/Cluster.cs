using System.Net;
using Controllers.Runtime.Client;
using EmbeddedCluster.Images;
using EmbeddedCluster.Installing;
using EmbeddedCluster.Programs;
using k8s;
using Kubernetes.Api;
using Kubernetes.Controllers;
using Kubernetes.Network;
using Kubernetes.Network.Ingress;
using Kubernetes.Node;
using Kubernetes.Node.Commands;
using Kubernetes.Node.Images;
using Kubernetes.Node.Logs;

namespace EmbeddedCluster;

/// <summary>
/// A Kubernetes cluster in this process, with the stack installed: an API server, controllers, a node, a network, and the
/// workloads of manifests/platform. Its parts talk to each other only through the API. Everything ends with it.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    private readonly ClusterOptions _options;
    private readonly IngressAddress _ingress = new();
    private readonly Randomness _randomness;
    private readonly ImageCatalogue _images;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ClusterFolder _folder = ClusterFolder.Create();
    private readonly ContainerLogs _logs = new();
    private readonly ContainerCommands _commands = new();
    private readonly List<Task> _running = [];
    private ApiServer? _api;
    private ApiClient? _client;
    private ClusterNetwork? _network;

    private Cluster(ClusterOptions options)
    {
        _options = options;
        Time = new ScaledTimeProvider(options.Speed);
        _randomness = new Randomness(options.Seed);
        _images = StackImages.Catalogue(new IngressProgram(_ingress.PodListens, _randomness.For("ingress")), _randomness, options.RolloutsPrograms);
    }

    /// <summary>The cluster's clock.</summary>
    public ScaledTimeProvider Time { get; }

    public ApiServer Api => _api!;

    /// <summary>The API as administrator.</summary>
    public ApiClient Client => _client!;

    /// <summary>Where the ingress takes HTTP; null without the stack.</summary>
    public IPEndPoint? Ingress => _ingress.Endpoint;

    /// <summary>Where the administrator's kubeconfig lies until the cluster ends; null when none was asked for.</summary>
    public string? KubeconfigPath => _options.KubeconfigPath;

    /// <summary>Real time from the call of <see cref="StartAsync"/> until API, stack and ingress were ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Starts a cluster and returns when its stack is ready: every Deployment complete, the ingress reachable.</summary>
    /// <exception cref="ClusterStartException">An address that is taken, a file that cannot be written, a stack that does not become ready.</exception>
    /// <exception cref="InstallException">A manifest of the stack that the API refuses.</exception>
    public static async Task<Cluster> StartAsync(ClusterOptions options, CancellationToken cancel = default)
    {
        var cluster = new Cluster(options);
        try
        {
            var begun = TimeProvider.System.GetTimestamp();
            await cluster.StartAsync(cancel);
            cluster.ReadyAfter = TimeProvider.System.GetElapsedTime(begun);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Installs Prometheus with the program as its image, and returns when it is ready. Apart from the start, because a machine
    /// may have to fetch the program first, or may have none (see <see cref="ProgramFinder"/>).
    /// </summary>
    public async Task AddPrometheusAsync(FoundProgram program, CancellationToken cancel = default)
    {
        OfferPrometheus(program);
        await new Installer(Client).ApplyAsync(PlatformManifests.Prometheus(), cancel);
        await new Readiness(Client).DeploymentsAsync(cancel);
    }

    /// <summary>Makes the program the image of Prometheus, for whoever installs it.</summary>
    public void OfferPrometheus(FoundProgram program) => _images.AddPrometheus(program);

    /// <summary>Stops every part, workloads first, and removes what the cluster wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _ingress.DisposeAsync();
        _network?.Dispose();
        _client?.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
            KubeconfigFile.Remove(_options.KubeconfigPath);
        }

        _folder.Dispose();
        _stopping.Dispose();
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        var manifests = Task.Run(() => _options.WithStack ? PlatformManifests.Stack(_options.ImageTags) : [], cancel);
        _ = WarmUp.StartAsync();
        _api = await Listening.AtAsync(_options.ApiEndpoint, "--api-port", () => StartApiAsync(cancel));
        _client = new ApiClient(_api.AdminConfiguration, "embedded-cluster");
        KubeconfigFile.Write(_options.KubeconfigPath, _api.Kubeconfig);
        if (_options.WithStack)
        {
            Listening.At(_options.IngressEndpoint, "--ingress-port", () => _ingress.Listen(_options.IngressEndpoint));
        }

        await Task.WhenAll(StartPartsAsync(cancel), InstallAsync(manifests, cancel));
        await new Readiness(_client).DeploymentsAsync(cancel);
    }

    private Task<ApiServer> StartApiAsync(CancellationToken cancel)
        => ApiServer.StartAsync(new ApiServerOptions
        {
            Time = Time,
            Listen = _options.ApiEndpoint,
            AlternativeNames = _options.AlternativeNames,
            Authorization = AuthorizationMode.Rbac,
            LoggerFactory = _options.LoggerFactory,
            ContainerLogs = _logs,
            ContainerCommands = _commands,
            PodPorts = _commands,
            Random = _randomness.For("api"),
        }, cancel);

    private async Task InstallAsync(Task<IReadOnlyList<Unstructured>> manifests, CancellationToken cancel)
        => await new Installer(Client).ApplyAsync(await manifests, cancel);

    private async Task StartPartsAsync(CancellationToken cancel)
    {
        var controllersStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var nodeStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _network = new ClusterNetwork(Api.AdminConfiguration, Time, _options.LoggerFactory, _options.NodeAddress);
        Run(_network.RunAsync);
        Run(stop => ControllerManager.RunAsync(
            new ControllerManagerOptions
            {
                Configuration = Api.AdminConfiguration,
                CertificateAuthorityPem = Api.CaCertificate.ExportCertificatePem(),
                Time = Time,
                LoggerFactory = _options.LoggerFactory,
                Started = controllersStarted,
                VolumesFolder = _folder.Volumes,
            },
            stop));
        Run(stop => Kubelet.RunAsync(
            new KubeletOptions
            {
                Configuration = Api.AdminConfiguration,
                ConfigurationFor = Api.ConfigurationFor,
                Images = _images,
                Dns = _network.Dns,
                Logs = _logs,
                Commands = _commands,
                PodsFolder = _folder.Pods,
                Random = _randomness.For("node"),
                Time = Time,
                LoggerFactory = _options.LoggerFactory,
                Started = nodeStarted,
            },
            stop));
        await Task.WhenAll(_network.Synced, controllersStarted.Task, nodeStarted.Task).WaitAsync(cancel);
    }

    private void Run(Func<CancellationToken, Task> part) => _running.Add(Task.Run(() => part(_stopping.Token), CancellationToken.None));
}
