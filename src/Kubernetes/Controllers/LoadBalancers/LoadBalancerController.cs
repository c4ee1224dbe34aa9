using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;

namespace Kubernetes.Controllers.LoadBalancers;

/// <summary>Wires load balancer addresses to changes of services.</summary>
internal static class LoadBalancerController
{
    public static Controller Create(ControllerContext context, string address)
    {
        var services = context.Informers.For(Resources.Services);
        var controller = context.Controller("service-loadbalancer", new LoadBalancerReconciler(context.Client, services.Lister, address));
        services.OnChange(change => controller.Queue.Add(NamespacedName.Of(change.Object)));
        return controller;
    }
}
