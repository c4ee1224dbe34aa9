using System.Net;
using Kubernetes.Network.Services;

namespace EmbeddedCluster;

/// <summary>
/// The cluster's one address for HTTP from outside, whichever pod of the ingress controller is behind it: what a cloud's load balancer is.
/// </summary>
internal sealed class IngressAddress : IAsyncDisposable
{
    private ServiceListener? _listener;
    private volatile IPEndPoint? _pod;

    public IPEndPoint? Endpoint => _listener?.Address;

    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public void Listen(IPEndPoint endpoint) => _listener = ServiceListener.Start(endpoint, () => _pod);

    /// <summary>A pod of the ingress controller takes requests now.</summary>
    public void PodListens(IPEndPoint pod) => _pod = pod;

    public ValueTask DisposeAsync() => _listener?.DisposeAsync() ?? ValueTask.CompletedTask;
}
