using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.ReplicaSets;

/// <summary>Wires the ReplicaSet reconciler to changes of ReplicaSets and pods.</summary>
internal static class ReplicaSetController
{
    public static Controller Create(ControllerContext context)
    {
        var owned = new OwnedPods<V1ReplicaSet>(context, Resources.ReplicaSets, set => set.Spec.Selector, "replicaset-controller");
        return owned.Wire("replicaset", new ReplicaSetReconciler(owned));
    }
}
