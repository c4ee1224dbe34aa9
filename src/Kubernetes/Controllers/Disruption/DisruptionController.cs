using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using Kubernetes.Controllers.Scaling;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.Disruption;

/// <summary>Wires the disruption reconciler to changes of budgets, the pods they select, and the sizes of what owns them.</summary>
internal static class DisruptionController
{
    public static Controller Create(ControllerContext context, ScaleClient scales)
    {
        var budgets = context.Informers.For(Resources.PodDisruptionBudgets);
        var pods = context.Informers.For(Resources.Pods);
        var sets = context.Informers.For(Resources.ReplicaSets);
        var reconciler = new DisruptionReconciler(
            context.Client, budgets.Lister, pods.Lister, sets.Lister, scales, context.Events("controllermanager"), context.Time);
        var controller = context.Controller("disruption", reconciler);
        budgets.OnChange(change => controller.Queue.Add(NamespacedName.Of(change.Object)));
        pods.OnChange(change =>
        {
            foreach (var budget in budgets.Lister.List(change.Object.Metadata.NamespaceProperty))
            {
                if (budget.Spec.Selector.Matches(change.Before?.Metadata.Labels) || budget.Spec.Selector.Matches(change.After?.Metadata.Labels))
                {
                    controller.Queue.Add(NamespacedName.Of(budget));
                }
            }
        });
        return controller;
    }
}
