using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Kubernetes.Api;
using Kubernetes.Controllers;
using Kubernetes.Network;
using Kubernetes.Network.Ingress;
using Kubernetes.Node;
using Kubernetes.Node.Commands;
using Kubernetes.Node.Images;
using Kubernetes.Node.Logs;
using Kubernetes.Node.Programs;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Kubernetes.Tests.Cluster.TestCluster))]

namespace Kubernetes.Tests.Cluster;

/// <summary>A whole cluster over a real API server: controllers, network and one node, on a clock ten times faster.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    /// <summary>
    /// Real seconds after which a wait is given up: long, since only a failure waits so long. With thirty busy processes to two cores a chain
    /// of pods that takes two seconds takes thirty.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private ApiServer? _server;
    private ClusterNetwork? _network;
    private int _namespaces;

    internal ImageCatalogue Images { get; } = new();

    internal ContainerLogs Logs { get; } = new();

    internal ContainerCommands Commands { get; } = new();

    public ApiClient Client { get; private set; } = null!;

    public TimeProvider Clock { get; } = new FastClock(10);

    /// <summary>Credentials of the administrator, for real clients.</summary>
    internal string KubeconfigFile { get; } = Path.Combine(Directory.CreateTempSubdirectory("test-cluster-").FullName, "config");

    internal ClusterDns Dns => _network!.Dns;

    private readonly TaskCompletionSource<IPEndPoint> _ingress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _ingressInstalled;

    public TestCluster() => _ingressInstalled = new Lazy<Task>(
        () => ApplyAsync(File.ReadAllText(Path.Combine(Repository.Root, "manifests/platform/ingress-nginx/controller.yaml"))));

    /// <summary>Where the ingress controller takes requests; it is installed when first asked for.</summary>
    internal async Task<IPEndPoint> IngressAsync()
    {
        await _ingressInstalled.Value;
        return await _ingress.Task.WaitAsync(Patience, TimeProvider.System);
    }

    /// <summary>The administrator's kubeconfig, with a namespace of its own. Secret.</summary>
    internal string Kubeconfig(string @namespace)
        => _server!.Kubeconfig.Replace("    user: kubernetes-admin", $"    user: kubernetes-admin\n    namespace: {@namespace}", StringComparison.Ordinal);

    internal KubernetesClientConfiguration Configuration => _server!.AdminConfiguration;

    internal ConcurrentQueue<string> Errors { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var loggers = LoggerFactory.Create(logging => logging.AddProvider(new ErrorLog(Errors)));
        _server = await ApiServer.StartAsync(new ApiServerOptions { Time = Clock, LoggerFactory = loggers, ContainerLogs = Logs, ContainerCommands = Commands, PodPorts = Commands }, CancellationToken.None);
        Client = new ApiClient(_server.AdminConfiguration, "tests");
        await File.WriteAllTextAsync(KubeconfigFile, _server.Kubeconfig);
        Images.Add("argoproj/rollouts-demo", new DemoProgram(), tag => DemoApp.DemoImage.FromTag(tag) is not null)
            .Add("alpine", new ProcessProgram("/bin/sh"))
            .Add("registry.k8s.io/ingress-nginx/controller", new IngressProgram(address => _ingress.TrySetResult(address)));
        _network = new ClusterNetwork(_server.AdminConfiguration, Clock, loggers);
        _running.Add(_network.RunAsync(_stop.Token));
        _running.Add(ControllerManager.RunAsync(
            new ControllerManagerOptions
            {
                Configuration = _server.AdminConfiguration,
                Time = Clock,
                LoggerFactory = loggers,
                CertificateAuthorityPem = _server.CaCertificate.ExportCertificatePem(),
            },
            _stop.Token));
        _running.Add(Kubelet.RunAsync(
            new KubeletOptions
            {
                Configuration = _server.AdminConfiguration,
                ConfigurationFor = _server.ConfigurationFor,
                Images = Images,
                Dns = _network.Dns,
                Logs = Logs,
                Commands = Commands,
                Time = Clock,
                LoggerFactory = loggers,
            },
            _stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(Patience, TimeProvider.System);
        Client.Dispose();
        _network!.Dispose();
        await _server!.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(Path.GetDirectoryName(KubeconfigFile)!, recursive: true);
    }

    /// <summary>A namespace of the test's own.</summary>
    public async Task<string> NamespaceAsync()
    {
        var name = $"cluster-{Interlocked.Increment(ref _namespaces)}";
        await Client.CreateAsync(Resources.Namespaces, new V1Namespace { Metadata = new V1ObjectMeta { Name = name } });
        return name;
    }

    public async Task ApplyAsync(string yaml)
    {
        foreach (var manifest in global::Controllers.Runtime.Manifests.ManifestReader.Read(yaml, "test"))
        {
            var discovery = await Discovery.ReadAsync(Client);
            var resource = discovery.Find(manifest.ApiVersion, manifest.Kind)!.Resource;
            await Client.CreateAsync(resource, manifest);
        }
    }

    /// <summary>Waits on a watch until the object is as wanted; null stands for an object that is not there.</summary>
    public async Task<T> EventuallyAsync<T>(Resource<T> resource, string? @namespace, string name, Func<T?, bool> wanted)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var last = "";
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var list = await Client.ListAsync(resource, @namespace, cancel: patience.Token);
            var current = list.Items.FirstOrDefault(item => item.Metadata.Name == name);
            if (wanted(current))
            {
                return current!;
            }

            last = Text(current);
            var from = new ListOptions { ResourceVersion = list.ResourceVersion };
            await foreach (var change in Client.WatchAsync(resource, @namespace, from, patience.Token))
            {
                if (change.Object.Metadata.Name != name)
                {
                    continue;
                }

                var after = change.Kind == WatchEventKind.Deleted ? null : change.Object;
                last = Text(after);
                if (wanted(after))
                {
                    return after!;
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // told below
        }

        throw new TimeoutException($"{resource.Kind} {@namespace}/{name} did not become as wanted. Last seen: {last}\nLogged: {string.Join('\n', Errors)}");
    }

    /// <summary>Waits on a watch until the objects of a namespace are as wanted.</summary>
    public async Task<IReadOnlyList<T>> EventuallyAllAsync<T>(Resource<T> resource, string @namespace, Func<IReadOnlyList<T>, bool> wanted)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var list = await Client.ListAsync(resource, @namespace, cancel: patience.Token);
        var current = list.Items.ToDictionary(item => item.Metadata.Name);
        if (wanted([.. current.Values]))
        {
            return [.. current.Values];
        }

        try
        {
            await foreach (var change in Client.WatchAsync(resource, @namespace, new ListOptions { ResourceVersion = list.ResourceVersion }, patience.Token))
            {
                if (change.Kind == WatchEventKind.Deleted)
                {
                    current.Remove(change.Object.Metadata.Name);
                }
                else if (change.Kind != WatchEventKind.Bookmark)
                {
                    current[change.Object.Metadata.Name] = change.Object;
                }

                if (wanted([.. current.Values]))
                {
                    return [.. current.Values];
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // told below
        }

        throw new TimeoutException(
            $"{resource.Plural} of {@namespace} did not become as wanted. Last seen: {KubernetesJson.Serialize(current.Values)}\nLogged: {string.Join('\n', Errors)}");
    }

    private static string Text(object? @object) => @object is null ? "nothing" : KubernetesJson.Serialize(@object);

    private sealed class ErrorLog(ConcurrentQueue<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
            // nothing to close
        }
    }
}
