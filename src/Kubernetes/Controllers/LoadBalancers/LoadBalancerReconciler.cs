using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;

namespace Kubernetes.Controllers.LoadBalancers;

/// <summary>Gives services of type LoadBalancer their address, as a cloud provider or k3s' servicelb does.</summary>
internal sealed class LoadBalancerReconciler(ApiClient client, ILister<V1Service> services, string address) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (services.Find(name) is not { } service || service.Metadata.IsTerminating())
        {
            return Result.Done;
        }

        var wanted = service.Spec.Type == "LoadBalancer";
        var assigned = service.Status?.LoadBalancer?.Ingress is { Count: > 0 };
        if (wanted == assigned)
        {
            return Result.Done;
        }

        var changed = Copy.Of(service);
        changed.Status ??= new V1ServiceStatus();
        changed.Status.LoadBalancer = new V1LoadBalancerStatus
        {
            Ingress = wanted ? [new V1LoadBalancerIngress { Ip = address, IpMode = "VIP" }] : null,
        };
        await client.UpdateAsync(Resources.Services, changed, "status", cancel);
        return Result.Done;
    }
}
