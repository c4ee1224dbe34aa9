using System.Globalization;
using k8s.Models;

namespace Kubernetes.Controllers.ServiceEndpoints;

/// <summary>The ports of a pod that serve a service's ports (<c>podutil.FindPort</c>).</summary>
internal static class ServicePorts
{
    /// <summary>Ports of the service that this pod has, with the numbers it has them under.</summary>
    public static IReadOnlyList<Discoveryv1EndpointPort> Of(V1Service service, V1Pod pod)
    {
        var ports = new List<Discoveryv1EndpointPort>();
        foreach (var port in service.Spec.Ports ?? [])
        {
            if (Number(port, pod) is { } number)
            {
                ports.Add(new Discoveryv1EndpointPort
                {
                    Name = port.Name ?? "",
                    Protocol = port.Protocol ?? "TCP",
                    Port = number,
                    AppProtocol = port.AppProtocol,
                });
            }
        }

        return ports;
    }

    private static int? Number(V1ServicePort port, V1Pod pod)
    {
        var target = port.TargetPort?.Value;
        if (string.IsNullOrEmpty(target))
        {
            return port.Port;
        }

        if (int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return pod.Spec.Containers
            .SelectMany(container => container.Ports ?? [])
            .FirstOrDefault(offered => offered.Name == target && (offered.Protocol ?? "TCP") == (port.Protocol ?? "TCP"))?.ContainerPort;
    }
}
