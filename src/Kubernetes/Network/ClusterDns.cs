using System.Net;
using System.Net.Sockets;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;
using Kubernetes.Network.Services;

namespace Kubernetes.Network;

/// <summary>
/// The cluster's names for components in this process: <c>svc</c>, <c>svc.ns</c>, <c>svc.ns.svc</c>, <c>svc.ns.svc.cluster.local</c>
/// resolve straight to a live pod and its port, as if through the service's address. The hosts of ingresses resolve to the ingress
/// controller once it has published its address there, as external-dns would have it.
/// </summary>
public sealed class ClusterDns
{
    private const string Domain = "cluster.local";

    /// <summary>For a container of another cluster's node: every name is left to the resolver that the container has.</summary>
    public static ClusterDns None { get; } = new(new ObjectCache<V1Service>(), new ObjectCache<V1EndpointSlice>(), new ObjectCache<V1Ingress>());

    private readonly ILister<V1Service> _services;
    private readonly ILister<V1EndpointSlice> _slices;
    private readonly ILister<V1Ingress> _ingresses;
    private readonly string _namespace;
    private readonly Rotation _rotation;
    private readonly NameChanges _changes;

    internal ClusterDns(ILister<V1Service> services, ILister<V1EndpointSlice> slices, ILister<V1Ingress> ingresses, NameChanges? changes = null)
        : this(services, slices, ingresses, "default", new Rotation(), changes ?? new NameChanges())
    {
    }

    private ClusterDns(
        ILister<V1Service> services, ILister<V1EndpointSlice> slices, ILister<V1Ingress> ingresses, string @namespace, Rotation rotation, NameChanges changes)
    {
        _services = services;
        _slices = slices;
        _ingresses = ingresses;
        _namespace = @namespace;
        _rotation = rotation;
        _changes = changes;
    }

    /// <summary>The same names, seen from a pod of another namespace.</summary>
    public ClusterDns From(string @namespace) => new(_services, _slices, _ingresses, @namespace, _rotation, _changes);

    /// <summary>
    /// The names that have an address of their own, for a process of this machine: services with a cluster IP by each of their names, in the own namespace
    /// by the short one too, and the hosts of ingresses at the ingress controller's. Pods of headless services are left out.
    /// </summary>
    public IEnumerable<HostName> Names()
    {
        foreach (var service in _services.List())
        {
            if (IPAddress.TryParse(service.Spec.ClusterIP, out var address))
            {
                var (name, @namespace) = (service.Metadata.Name, service.Metadata.NamespaceProperty);
                string[] names = [$"{name}.{@namespace}.svc.{Domain}", $"{name}.{@namespace}.svc", $"{name}.{@namespace}"];
                yield return new HostName(address, @namespace == _namespace ? [.. names, name] : names);
            }
        }

        foreach (var ingress in _ingresses.List())
        {
            var hosts = (ingress.Spec.Rules ?? []).Select(rule => rule.Host).Where(host => !string.IsNullOrEmpty(host) && !host.Contains('*')).Distinct().ToList();
            if (hosts.Count > 0 && IPAddress.TryParse(Publisher(ingress)?.Spec.ClusterIP, out var published))
            {
                yield return new HostName(published, hosts);
            }
        }
    }

    /// <summary>Tells after each change of <see cref="Names"/>, until what it returns is disposed.</summary>
    public IDisposable OnChange(Action changed) => _changes.Subscribe(changed);

    /// <summary>Where a connection to a name or service address goes; null when it is none of the cluster's.</summary>
    /// <exception cref="SocketException">The name is the cluster's and does not exist, or has no live pod behind it.</exception>
    public IPEndPoint? Resolve(string host, int port)
    {
        if (HeadlessPod(host) is { } pod)
        {
            return new IPEndPoint(pod, port);
        }

        if (Find(host) is not { } service)
        {
            return host.EndsWith(".svc", StringComparison.OrdinalIgnoreCase) || host.EndsWith($".svc.{Domain}", StringComparison.OrdinalIgnoreCase)
                ? throw new SocketException((int)SocketError.HostNotFound)
                : null;
        }

        var named = ServiceBackends.FindPort(service, port.ToString());
        if (named is null && service.Spec.ClusterIP != "None")
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }

        var backends = ServiceBackends.For(Slices(service), named?.Name ?? service.Spec.Ports?.FirstOrDefault()?.Name);
        if (backends.Count == 0)
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }

        var chosen = backends[_rotation.Next(NamespacedName.Of(service), backends.Count)].Address;
        return named is null ? new IPEndPoint(chosen.Address, port) : chosen; // a headless name is the pods' address, any port
    }

    /// <summary>Connects to a cluster name, or to whatever else the name means outside.</summary>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (Resolve(target.Host, target.Port) is { } endpoint)
            {
                await socket.ConnectAsync(endpoint, cancel);
            }
            else
            {
                await socket.ConnectAsync(target, cancel);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An HTTP handler whose requests find the cluster's names.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        ConnectCallback = (context, cancel) => ConnectAsync(context.DnsEndPoint, cancel),
        PooledConnectionLifetime = TimeSpan.FromSeconds(10), // real time: a connection must not hold on to a pod for ever
    };

    private V1Service? Find(string host)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return host.StartsWith("127.65.", StringComparison.Ordinal) ? _services.List().FirstOrDefault(service => service.Spec.ClusterIP == host) : null;
        }

        var parts = host.TrimEnd('.').Split('.');
        return parts switch
        {
            [var name] => _services.Find(new NamespacedName(_namespace, name)),
            [var name, var @namespace] => _services.Find(new NamespacedName(@namespace, name)),
            [var name, var @namespace, "svc"] => _services.Find(new NamespacedName(@namespace, name)),
            [var name, var @namespace, "svc", "cluster", "local"] => _services.Find(new NamespacedName(@namespace, name)),
            [_, _, _, "svc"] or [_, _, _, "svc", "cluster", "local"] => null,
            _ => Publisher(host),
        };
    }

    /// <summary>The address behind <c>hostname.svc.ns[.svc[.cluster.local]]</c> (and <c>hostname.svc</c> in the own namespace): a pod of a headless service.</summary>
    private IPAddress? HeadlessPod(string host)
    {
        (string Pod, string Service, string Namespace)? name = host.TrimEnd('.').Split('.') switch
        {
            [var pod, var service] => (pod, service, _namespace),
            [var pod, var service, var @namespace] => (pod, service, @namespace),
            [var pod, var service, var @namespace, "svc"] => (pod, service, @namespace),
            [var pod, var service, var @namespace, "svc", "cluster", "local"] => (pod, service, @namespace),
            _ => null,
        };
        if (name is not { } sought || _services.Find(new NamespacedName(sought.Namespace, sought.Service)) is not { Spec.ClusterIP: "None" } headless)
        {
            return null;
        }

        return Slices(headless).SelectMany(slice => slice.Endpoints ?? [])
            .Where(endpoint => endpoint.Hostname == sought.Pod && endpoint.Conditions?.Ready != false)
            .Select(endpoint => IPAddress.Parse(endpoint.Addresses[0]))
            .FirstOrDefault();
    }

    /// <summary>The service at whose address an ingress with this host is published.</summary>
    private V1Service? Publisher(string host) => _ingresses.List()
        .Where(ingress => ingress.Spec.Rules?.Any(rule => string.Equals(rule.Host, host, StringComparison.OrdinalIgnoreCase)) == true)
        .Select(Publisher)
        .FirstOrDefault(service => service is not null);

    private V1Service? Publisher(V1Ingress ingress) => ingress.Status?.LoadBalancer?.Ingress?.FirstOrDefault()?.Ip is { } address
        ? _services.List().FirstOrDefault(service =>
            service.Spec.ClusterIP == address || service.Status?.LoadBalancer?.Ingress?.Any(balanced => balanced.Ip == address) == true)
        : null;

    private IEnumerable<V1EndpointSlice> Slices(V1Service service)
        => _slices.List(service.Metadata.NamespaceProperty).Where(slice => slice.Metadata.Label(ServiceBackends.ServiceName) == service.Metadata.Name);
}
