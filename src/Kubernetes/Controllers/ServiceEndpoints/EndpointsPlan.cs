using System.Net;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.ServiceEndpoints;

/// <summary>The (older) Endpoints object of a service: pods that are not being deleted, by whether they are ready (<c>pkg/controller/endpoint</c>).</summary>
internal static class EndpointsPlan
{
    public const string ManagedBy = "endpoints.kubernetes.io/managed-by";
    private const string Headless = "service.kubernetes.io/headless";

    public static V1Endpoints For(V1Service service, IReadOnlyList<V1Pod> pods) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = service.Metadata.Name,
            NamespaceProperty = service.Metadata.NamespaceProperty,
            Labels = Labels(service),
        },
        Subsets = Subsets(service, pods),
    };

    public static bool Same(V1Endpoints existing, V1Endpoints wanted)
        => (existing.Subsets ?? []).Select(Key).SequenceEqual((wanted.Subsets ?? []).Select(Key))
            && wanted.Metadata.Labels.Count == (existing.Metadata.Labels?.Count ?? 0)
            && wanted.Metadata.Labels.All(label => existing.Metadata.Labels!.TryGetValue(label.Key, out var value) && value == label.Value);

    private static List<V1EndpointSubset>? Subsets(V1Service service, IReadOnlyList<V1Pod> pods)
    {
        var subsets = pods
            .Where(pod => !pod.IsTerminating())
            .Select(pod => (Pod: pod, Ports: ServicePorts.Of(service, pod), Ready: service.Spec.PublishNotReadyAddresses == true || pod.IsReady()))
            .Where(entry => entry.Ports.Count > 0 || service.Spec.ClusterIP == "None")
            .GroupBy(entry => string.Join(';', entry.Ports.Select(port => $"{port.Name}/{port.Protocol}/{port.Port}")))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new V1EndpointSubset
            {
                Addresses = Addresses(service, group.Where(entry => entry.Ready).Select(entry => entry.Pod)),
                NotReadyAddresses = Addresses(service, group.Where(entry => !entry.Ready).Select(entry => entry.Pod)),
                Ports = [.. group.First().Ports.Select(PortOf).OrderBy(port => port.Name, StringComparer.Ordinal)],
            }).ToList();
        return subsets.Count == 0 ? null : subsets;
    }

    private static List<V1EndpointAddress>? Addresses(V1Service service, IEnumerable<V1Pod> pods)
    {
        var addresses = pods.Select(pod => new V1EndpointAddress
        {
            Ip = pod.Status.PodIP,
            NodeName = pod.Spec.NodeName,
            Hostname = ServicePods.Hostname(service, pod),
            TargetRef = ServicePods.Reference(pod),
        }).OrderBy(address => Order(address.Ip)).ToList();
        return addresses.Count == 0 ? null : addresses;
    }

    private static Corev1EndpointPort PortOf(Discoveryv1EndpointPort port) => new()
    {
        Name = string.IsNullOrEmpty(port.Name) ? null : port.Name,
        Port = port.Port!.Value,
        Protocol = port.Protocol,
        AppProtocol = port.AppProtocol,
    };

    private static Dictionary<string, string> Labels(V1Service service)
    {
        var labels = new Dictionary<string, string>(service.Metadata.Labels ?? new Dictionary<string, string>()) { [ManagedBy] = "endpoint-controller" };
        if (service.Spec.ClusterIP == "None")
        {
            labels[Headless] = "";
        }

        return labels;
    }

    private static uint Order(string ip)
        => IPAddress.TryParse(ip, out var address) && address.GetAddressBytes() is [var a, var b, var c, var d]
            ? ((uint)a << 24) | ((uint)b << 16) | ((uint)c << 8) | d
            : 0;

    private static string Key(V1EndpointSubset subset)
        => $"{Key(subset.Addresses)}|{Key(subset.NotReadyAddresses)}|{string.Join(',', (subset.Ports ?? []).Select(port => $"{port.Name}/{port.Protocol}/{port.Port}/{port.AppProtocol}"))}";

    private static string Key(IList<V1EndpointAddress>? addresses)
        => string.Join(',', (addresses ?? []).Select(address => $"{address.Ip}/{address.TargetRef?.Uid}/{address.NodeName}/{address.Hostname}"));
}
