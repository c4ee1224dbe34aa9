using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Ownership;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.ReplicaSets;

/// <summary>Wires the ReplicaSet reconciler to changes of ReplicaSets and pods.</summary>
internal static class ReplicaSetController
{
    public static Controller Create(ControllerContext context)
    {
        var sets = context.Informers.For(Resources.ReplicaSets);
        var pods = context.Informers.For(Resources.Pods);
        var expectations = new Expectations<V1Pod>(pods.Lister, context.Time);
        var reconciler = new ReplicaSetReconciler(
            context.Client, sets.Lister, pods.Lister, expectations, context.Events("replicaset-controller"), context.Time);
        var controller = context.Controller("replicaset", reconciler, workers: 4);

        sets.OnChange(change =>
        {
            if (change.After is null)
            {
                expectations.Forget(change.Object.Metadata.Uid);
            }

            controller.Queue.Add(NamespacedName.Of(change.Object));
        });
        pods.OnChange(change =>
        {
            if (change.After is null)
            {
                expectations.ObservedDeletion(change.Object);
            }

            foreach (var pod in (V1Pod?[])[change.Before, change.After])
            {
                foreach (var set in pod is null ? [] : Interested(pod))
                {
                    controller.Queue.Add(set);
                }
            }
        });
        return controller;

        IEnumerable<NamespacedName> Interested(V1Pod pod)
        {
            if (pod.Metadata.ControllerReference() is { } owner)
            {
                return owner.Kind == "ReplicaSet" ? [new NamespacedName(pod.Metadata.NamespaceProperty, owner.Name)] : [];
            }

            return sets.Lister.List(pod.Metadata.NamespaceProperty)
                .Where(set => set.Spec.Selector.Matches(pod.Metadata.Labels))
                .Select(set => NamespacedName.Of(set));
        }
    }
}
