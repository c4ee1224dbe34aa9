using System.Net;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s;
using Kubernetes.Network.Services;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Network;

/// <summary>The cluster's network as its node has it: names and addresses of services (CoreDNS' and kube-proxy's parts).</summary>
public sealed class ClusterNetwork : IDisposable
{
    private readonly ApiClient _client;
    private readonly InformerFactory _informers;
    private readonly ServiceProxy _proxy;

    /// <param name="configuration">Server, trust and credentials; services, EndpointSlices and ingresses are read.</param>
    /// <param name="time">The cluster's clock.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="node">Where node ports are offered; loopback when null.</param>
    public ClusterNetwork(KubernetesClientConfiguration configuration, TimeProvider time, ILoggerFactory loggers, IPAddress? node = null)
    {
        var logger = loggers.CreateLogger("Kubernetes.Network");
        _client = new ApiClient(configuration, "kube-proxy");
        _informers = new InformerFactory(_client, time, logger);
        var services = _informers.For(Resources.Services);
        var slices = _informers.For(Resources.EndpointSlices);
        var ingresses = _informers.For(Resources.Ingresses);
        var names = new NameChanges();
        services.OnChange(_ => names.Tell());
        ingresses.OnChange(_ => names.Tell());
        Dns = new ClusterDns(services.Lister, slices.Lister, ingresses.Lister, names);
        _proxy = new ServiceProxy(services, slices.Lister, node ?? IPAddress.Loopback, logger);
        _proxy.Follow();
    }

    /// <summary>Names of services; empty until <see cref="RunAsync"/> has read them.</summary>
    public ClusterDns Dns { get; }

    /// <summary>Completes when the names are there.</summary>
    public Task Synced => _informers.Synced;

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(_informers.RunAsync(cancel), _proxy.RunAsync(cancel));

    public void Dispose() => _client.Dispose();
}
