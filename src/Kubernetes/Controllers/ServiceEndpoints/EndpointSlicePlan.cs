using System.Security.Cryptography;
using System.Text;
using k8s.Models;
using Kubernetes.Controllers.Ownership;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.ServiceEndpoints;

/// <summary>
/// The EndpointSlices a service should have: pods grouped by the port numbers they serve it under, at most 100 to a slice.
/// Their names count from the service: whatever a cache has not shown yet, the first slice is always the same object, so that
/// writing twice is refused instead of duplicated, and the empty slice of a new service becomes the one with its pods
/// (upstream's <c>reconciler.go</c> likewise fills a slice that it would delete, before it creates another).
/// </summary>
internal static class EndpointSlicePlan
{
    public const string ServiceName = "kubernetes.io/service-name";
    public const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    public const string Controller = "endpointslice-controller.k8s.io";

    private const string Headless = "service.kubernetes.io/headless";
    private const int EndpointsMax = 100;

    public static IReadOnlyList<V1EndpointSlice> For(V1Service service, IReadOnlyList<V1Pod> pods)
    {
        var groups = pods
            .Select(pod => (Pod: pod, Ports: ServicePorts.Of(service, pod)))
            .GroupBy(entry => string.Join(';', entry.Ports.Select(port => $"{port.Name}/{port.Protocol}/{port.Port}/{port.AppProtocol}")))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (groups.Count == 0)
        {
            return [Slice(service, 0, ports: null, [])]; // a service without pods keeps one empty slice
        }

        return
        [
            .. groups.SelectMany(group => group.Chunk(EndpointsMax)).Select((chunk, index) =>
                Slice(service, index, [.. chunk[0].Ports], [.. chunk.Select(entry => EndpointOf(service, entry.Pod))])),
        ];
    }

    /// <summary>Whether the slice in the cluster says what the wanted one says.</summary>
    public static bool Same(V1EndpointSlice existing, V1EndpointSlice wanted)
        => (existing.Ports ?? []).Select(PortKey).SequenceEqual((wanted.Ports ?? []).Select(PortKey))
            && (existing.Endpoints ?? []).Select(EndpointKey).SequenceEqual((wanted.Endpoints ?? []).Select(EndpointKey))
            && wanted.Metadata.Labels.All(label => existing.Metadata.Labels?.TryGetValue(label.Key, out var value) == true && value == label.Value);

    private static V1Endpoint EndpointOf(V1Service service, V1Pod pod)
    {
        var serving = pod.IsReady();
        var terminating = pod.IsTerminating();
        return new V1Endpoint
        {
            Addresses = [pod.Status.PodIP],
            Conditions = new V1EndpointConditions
            {
                Ready = service.Spec.PublishNotReadyAddresses == true || (serving && !terminating),
                Serving = serving,
                Terminating = terminating,
            },
            Hostname = ServicePods.Hostname(service, pod),
            NodeName = pod.Spec.NodeName,
            TargetRef = ServicePods.Reference(pod),
        };
    }

    private static V1EndpointSlice Slice(
        V1Service service, int index, IList<Discoveryv1EndpointPort>? ports, IList<V1Endpoint> endpoints) => new()
        {
            AddressType = "IPv4",
            Metadata = new V1ObjectMeta
            {
                Name = $"{service.Metadata.Name}-{Suffix($"{service.Metadata.Uid}/{index}")}",
                NamespaceProperty = service.Metadata.NamespaceProperty,
                Labels = Labels(service),
                OwnerReferences = [OwnerReference.ToController(service, "v1", "Service")],
            },
            Ports = ports,
            Endpoints = endpoints,
        };

    private static Dictionary<string, string> Labels(V1Service service)
    {
        var labels = new Dictionary<string, string>(service.Metadata.Labels ?? new Dictionary<string, string>())
        {
            [ServiceName] = service.Metadata.Name,
            [ManagedBy] = Controller,
        };
        if (service.Spec.ClusterIP == "None")
        {
            labels[Headless] = "";
        }

        return labels;
    }

    private static string Suffix(string identity)
    {
        const string letters = "bcdfghjklmnpqrstvwxz2456789";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(identity));
        return string.Concat(hash.Take(5).Select(@byte => letters[@byte % letters.Length]));
    }

    private static object PortKey(Discoveryv1EndpointPort port) => (port.Name ?? "", port.Protocol, port.Port, port.AppProtocol);

    private static object EndpointKey(V1Endpoint endpoint)
        => (endpoint.Addresses[0], endpoint.TargetRef?.Uid, endpoint.NodeName, endpoint.Hostname,
            endpoint.Conditions?.Ready, endpoint.Conditions?.Serving, endpoint.Conditions?.Terminating);
}
