using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.History;
using Kubernetes.Controllers.Pods;
using Kubernetes.Controllers.Scheduling;

namespace Kubernetes.Controllers.DaemonSets;

/// <summary>Wires the DaemonSet reconciler to changes of DaemonSets, their pods, and nodes.</summary>
internal static class DaemonSetController
{
    public static Controller Create(ControllerContext context)
    {
        var owned = new OwnedPods<V1DaemonSet>(context, Resources.DaemonSets, set => set.Spec.Selector, "daemonset-controller");
        var history = new RevisionHistory(context.Client, context.Informers.For(Resources.ControllerRevisions).Lister);
        var nodes = context.Informers.For(Resources.Nodes);
        var controller = owned.Wire("daemonset", new DaemonSetReconciler(owned, history, nodes.Lister));
        nodes.OnChange(change =>
        {
            if (change.Before is null || change.After is null || NodeFit.Of(change.Before) != NodeFit.Of(change.After))
            {
                foreach (var set in owned.Owners.List())
                {
                    controller.Queue.Add(NamespacedName.Of(set));
                }
            }
        });
        return controller;
    }
}
