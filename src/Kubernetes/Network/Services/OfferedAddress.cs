using System.Net;
using Controllers.Runtime;
using k8s.Models;

namespace Kubernetes.Network.Services;

/// <summary>One address on which a service's port is offered.</summary>
/// <param name="Address">Cluster IP and port, or the node's address and node port.</param>
/// <param name="Service">The service.</param>
/// <param name="PortName">The port's name in it.</param>
internal sealed record OfferedAddress(IPEndPoint Address, NamespacedName Service, string PortName)
{
    /// <summary>All addresses of the services, TCP only.</summary>
    /// <param name="services">The services.</param>
    /// <param name="node">The address of this node on which node ports are offered (kube-proxy's <c>--nodeport-addresses</c>).</param>
    public static IEnumerable<OfferedAddress> Of(IEnumerable<V1Service> services, IPAddress node)
    {
        foreach (var service in services)
        {
            foreach (var port in (service.Spec.Ports ?? []).Where(port => port.Protocol is null or "TCP"))
            {
                if (IPAddress.TryParse(service.Spec.ClusterIP, out var address) && service.Spec.Type != "ExternalName")
                {
                    yield return new OfferedAddress(new IPEndPoint(address, port.Port), NamespacedName.Of(service), port.Name ?? "");
                }

                if (service.Spec.Type is "NodePort" or "LoadBalancer" && port.NodePort is > 0 and { } nodePort)
                {
                    yield return new OfferedAddress(new IPEndPoint(node, nodePort), NamespacedName.Of(service), port.Name ?? "");
                }
            }
        }
    }
}
