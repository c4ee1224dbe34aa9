using k8s.Models;

namespace Kubernetes.Controllers.Scheduling;

/// <summary>What a pod asks of a node: the sum of its containers, or its largest init container if that is more.</summary>
internal static class PodRequests
{
    public static decimal Of(V1Pod pod, string resource)
    {
        var together = pod.Spec.Containers.Sum(container => Request(container, resource));
        var before = pod.Spec.InitContainers is { Count: > 0 } initial ? initial.Max(container => Request(container, resource)) : 0;
        return Math.Max(together, before);
    }

    private static decimal Request(V1Container container, string resource)
        => container.Resources?.Requests is { } requests && requests.TryGetValue(resource, out var quantity) ? quantity.ToDecimal() : 0;
}
