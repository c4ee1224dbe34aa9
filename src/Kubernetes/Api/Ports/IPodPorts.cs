namespace Kubernetes.Api.Ports;

/// <summary>Reaches ports inside the pods of the cluster's nodes: what an API server asks a kubelet for.</summary>
public interface IPodPorts
{
    /// <returns>A connection to what listens there. Disposing it closes it.</returns>
    /// <exception cref="PortException">Nothing listens, or the pod does not run here.</exception>
    Task<System.Net.Sockets.Socket> ConnectAsync(string podUid, int port, CancellationToken cancel);
}
