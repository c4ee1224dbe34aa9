using k8s.Models;
using Kubernetes.Controllers.Pods;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.ServiceEndpoints;

/// <summary>Which pods stand behind a service (<c>endpointslice/util</c>, <c>ShouldPodBeInEndpoints</c>).</summary>
internal static class ServicePods
{
    /// <summary>Whether the endpoint controllers care for the service at all.</summary>
    public static bool HasEndpoints(V1Service service) => service.Spec.Selector is { Count: > 0 } && service.Spec.Type != "ExternalName";

    /// <summary>Selected pods with an address that are not finished; terminating ones included. Ordered by name, so that slices are stable.</summary>
    public static IReadOnlyList<V1Pod> Of(V1Service service, IEnumerable<V1Pod> pods)
        => [.. pods
            .Where(pod => LabelSelection.IsSubsetOf(service.Spec.Selector, pod.Metadata.Labels))
            .Where(pod => !string.IsNullOrEmpty(pod.Status?.PodIP) && !pod.IsFinished())
            .OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)];

    public static V1ObjectReference Reference(V1Pod pod) => new()
    {
        Kind = "Pod",
        NamespaceProperty = pod.Metadata.NamespaceProperty,
        Name = pod.Metadata.Name,
        Uid = pod.Metadata.Uid,
    };

    public static string? Hostname(V1Service service, V1Pod pod)
        => !string.IsNullOrEmpty(pod.Spec.Hostname) && pod.Spec.Subdomain == service.Metadata.Name ? pod.Spec.Hostname : null;
}
