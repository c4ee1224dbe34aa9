using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.ServiceEndpoints;

/// <summary>Wires the endpoints reconciler to changes of services, pods, and of what it wrote itself.</summary>
internal static class ServiceEndpointsController
{
    public static Controller Create(ControllerContext context)
    {
        var services = context.Informers.For(Resources.Services);
        var pods = context.Informers.For(Resources.Pods);
        var slices = context.Informers.For(Resources.EndpointSlices);
        var endpoints = context.Informers.For(Resources.Endpoints);
        var reconciler = new ServiceEndpointsReconciler(
            context.Client, services.Lister, pods.Lister, slices.Lister, endpoints.Lister, context.Time);
        var controller = context.Controller("endpoints", reconciler, workers: 4);

        services.OnChange(change => controller.Queue.Add(NamespacedName.Of(change.Object)));
        pods.OnChange(change =>
        {
            foreach (var service in services.Lister.List(change.Object.Metadata.NamespaceProperty))
            {
                if (service.Spec.Selector is { Count: > 0 } selector && (Selects(selector, change.Before) || Selects(selector, change.After)))
                {
                    controller.Queue.Add(NamespacedName.Of(service));
                }
            }
        });
        slices.OnChange(change =>
        {
            if (change.Object.Metadata.Label(EndpointSlicePlan.ServiceName) is { } service)
            {
                controller.Queue.Add(new NamespacedName(change.Object.Metadata.NamespaceProperty, service));
            }
        });
        endpoints.OnChange(change => controller.Queue.Add(NamespacedName.Of(change.Object)));
        return controller;

        static bool Selects(IDictionary<string, string> selector, V1Pod? pod)
            => pod is not null && LabelSelection.IsSubsetOf(selector, pod.Metadata.Labels);
    }
}
