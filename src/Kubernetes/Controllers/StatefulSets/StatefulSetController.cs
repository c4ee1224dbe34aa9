using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.History;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.StatefulSets;

/// <summary>Wires the StatefulSet reconciler to changes of StatefulSets and their pods.</summary>
internal static class StatefulSetController
{
    public static Controller Create(ControllerContext context)
    {
        var owned = new OwnedPods<V1StatefulSet>(context, Resources.StatefulSets, set => set.Spec.Selector, "statefulset-controller");
        var history = new RevisionHistory(context.Client, context.Informers.For(Resources.ControllerRevisions).Lister);
        var claims = context.Informers.For(Resources.PersistentVolumeClaims);
        return owned.Wire("statefulset", new StatefulSetReconciler(owned, history, claims.Lister));
    }
}
