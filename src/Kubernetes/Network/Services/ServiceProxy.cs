using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Network.Services;

/// <summary>
/// Makes the addresses of services reachable on loopback, for programs outside this process. An address that cannot be bound
/// is named once and left out: components in this process do not need it.
/// </summary>
internal sealed class ServiceProxy(Informer<V1Service> services, ILister<V1EndpointSlice> slices, IPAddress node, ILogger logger)
{
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<OfferedAddress, ServiceListener?> _listeners = [];
    private readonly Rotation _rotation = new();

    /// <summary>Follows the services; before they are watched.</summary>
    public void Follow() => services.OnChange(_ => _changed.Writer.TryWrite(true));

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var _ in _changed.Reader.ReadAllAsync(cancel))
            {
                await ListenAsync(OfferedAddress.Of(services.Lister.List(), node).ToHashSet());
            }
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
        finally
        {
            await ListenAsync([]);
        }
    }

    private async Task ListenAsync(HashSet<OfferedAddress> offered)
    {
        foreach (var (gone, listener) in _listeners.Where(pair => !offered.Contains(pair.Key)).ToList())
        {
            _listeners.Remove(gone);
            if (listener is not null)
            {
                await listener.DisposeAsync();
            }
        }

        foreach (var address in offered.Where(address => !_listeners.ContainsKey(address)))
        {
            _listeners[address] = TryListen(address);
        }
    }

    private ServiceListener? TryListen(OfferedAddress offered)
    {
        try
        {
            return ServiceListener.Start(offered.Address, () => Choose(offered));
        }
        catch (SocketException exception)
        {
            logger.LogDebug("{Service}: {Address} is not reachable from outside this process: {Reason}", offered.Service, offered.Address, exception.Message);
            return null;
        }
    }

    private IPEndPoint? Choose(OfferedAddress offered)
    {
        var backends = ServiceBackends.For(
            slices.List(offered.Service.Namespace).Where(slice => slice.Metadata.Label(ServiceBackends.ServiceName) == offered.Service.Name),
            offered.PortName);
        return backends.Count == 0 ? null : backends[_rotation.Next(offered.Service, backends.Count)].Address;
    }
}
