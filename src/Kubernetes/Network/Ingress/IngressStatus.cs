using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Controllers;

namespace Kubernetes.Network.Ingress;

/// <summary>Writes into ingresses where they are reached: the address of the controller's own service.</summary>
internal static class IngressStatus
{
    /// <summary>The status an ingress should have, or null when it has it.</summary>
    public static V1IngressStatus? Needed(V1Ingress ingress, V1Service? publish)
    {
        var wanted = Addresses(publish).ToList();
        var existing = (ingress.Status?.LoadBalancer?.Ingress ?? []).Select(address => ((string?)address.Ip, (string?)address.Hostname));
        return wanted.SequenceEqual(existing) ? null : new V1IngressStatus
        {
            LoadBalancer = new V1IngressLoadBalancerStatus
            {
                Ingress = [.. wanted.Select(address => new V1IngressLoadBalancerIngress { Ip = address.Ip, Hostname = address.Hostname })],
            },
        };
    }

    /// <summary>
    /// Where a service is reached, by its type (ingress-nginx, internal/ingress/status). One of type NodePort that has no other address still has its
    /// own, without which Argo CD would wait for the ingress for ever.
    /// </summary>
    private static IEnumerable<(string? Ip, string? Hostname)> Addresses(V1Service? service) => service?.Spec?.Type switch
    {
        "LoadBalancer" => (service.Status?.LoadBalancer?.Ingress ?? []).Select(address => ((string?)address.Ip, (string?)address.Hostname)),
        "NodePort" when service.Spec.ExternalIPs is { Count: > 0 } external => external.Select(address => ((string?)address, (string?)null)),
        "NodePort" or "ClusterIP" => [(service.Spec.ClusterIP, null)],
        "ExternalName" => [(null, service.Spec.ExternalName)],
        _ => [],
    };

    public static async Task WriteAsync(ApiClient client, V1Ingress ingress, V1IngressStatus status, CancellationToken cancel)
    {
        var changed = Copy.Of(ingress);
        changed.Status = status;
        try
        {
            await client.UpdateAsync(Resources.Ingresses, changed, "status", cancel);
        }
        catch (ApiException exception) when (exception.IsConflict || exception.IsNotFound)
        {
            // changed meanwhile: its event brings it back
        }
    }
}
