using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s;
using Kubernetes.Controllers.Scaling;

namespace Kubernetes.Controllers.Autoscaling;

/// <summary>Wires the autoscaler: at once when it is made or its specification changes, and then periodically.</summary>
internal static class AutoscalerController
{
    public static Controller Create(ControllerContext context, ScaleClient scales)
    {
        var autoscalers = context.Informers.For(Resources.HorizontalPodAutoscalers);
        var reconciler = new AutoscalerReconciler(
            context.Client, autoscalers.Lister, context.Informers.For(Resources.Pods).Lister, scales, context.Events("horizontal-pod-autoscaler"), context.Time);
        var controller = context.Controller("horizontalpodautoscaler", reconciler, workers: 2);
        autoscalers.OnChange(change =>
        {
            if (change.Before is null || change.After is null || KubernetesJson.Serialize(change.Before.Spec) != KubernetesJson.Serialize(change.After.Spec))
            {
                controller.Queue.Add(NamespacedName.Of(change.Object));
            }
        });
        return controller;
    }
}
