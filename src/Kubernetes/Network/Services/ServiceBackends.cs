using System.Globalization;
using System.Net;
using k8s.Models;

namespace Kubernetes.Network.Services;

/// <summary>Which pods traffic to a service's port goes to (kube-proxy's <c>CategorizeEndpoints</c>).</summary>
public static class ServiceBackends
{
    public const string ServiceName = "kubernetes.io/service-name";

    /// <summary>
    /// Ready pods; when there is none, those that still serve while they terminate. Ordered by address.
    /// </summary>
    /// <param name="slices">The service's EndpointSlices.</param>
    /// <param name="portName">The port's name in the Service; empty for an unnamed one.</param>
    public static IReadOnlyList<Backend> For(IEnumerable<V1EndpointSlice> slices, string? portName)
    {
        var all = All(slices, portName);
        var ready = all.Where(backend => backend.Ready).ToList();
        return ready.Count > 0 ? ready : [.. all.Where(backend => backend.Serving)];
    }

    /// <summary>The port of a service that a number or name means, or null.</summary>
    public static V1ServicePort? FindPort(V1Service service, string port)
        => (service.Spec.Ports ?? []).FirstOrDefault(offered => int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? offered.Port == number
            : offered.Name == port);

    private static List<Backend> All(IEnumerable<V1EndpointSlice> slices, string? portName)
    {
        var result = new Dictionary<string, Backend>();
        foreach (var slice in slices)
        {
            if (slice.Ports?.FirstOrDefault(port => (port.Name ?? "") == (portName ?? ""))?.Port is not { } number)
            {
                continue;
            }

            foreach (var endpoint in slice.Endpoints ?? [])
            {
                if (IPAddress.TryParse(endpoint.Addresses.FirstOrDefault(), out var address))
                {
                    var target = new IPEndPoint(address, number);
                    var ready = endpoint.Conditions?.Ready ?? true;
                    result[target.ToString()] = new Backend(target, endpoint.TargetRef?.Name ?? "", ready, endpoint.Conditions?.Serving ?? ready);
                }
            }
        }

        return [.. result.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];
    }
}
