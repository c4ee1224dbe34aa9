using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.Deployments;

/// <summary>Wires the Deployment reconciler to changes of Deployments, their ReplicaSets, and the end of pods.</summary>
internal static class DeploymentController
{
    public static Controller Create(ControllerContext context)
    {
        var deployments = context.Informers.For(Resources.Deployments);
        var sets = context.Informers.For(Resources.ReplicaSets);
        var pods = context.Informers.For(Resources.Pods);
        var reconciler = new DeploymentReconciler(
            context.Client, deployments.Lister, sets.Lister, pods.Lister, context.Events("deployment-controller"), context.Time);
        var controller = context.Controller("deployment", reconciler, workers: 4);

        deployments.OnChange(change => controller.Queue.Add(NamespacedName.Of(change.Object)));
        sets.OnChange(change =>
        {
            AddOwner(change.Before);
            AddOwner(change.After);
        });
        pods.OnChange(change =>
        {
            // Recreate waits for the last old pod
            if (change.After is null && change.Object.Metadata.ControllerReference() is { Kind: "ReplicaSet" } owner)
            {
                AddOwner(sets.Lister.Find(new NamespacedName(change.Object.Metadata.NamespaceProperty, owner.Name)));
            }
        });
        return controller;

        void AddOwner(V1ReplicaSet? set)
        {
            if (set is null)
            {
                return;
            }

            if (set.Metadata.ControllerReference() is { } owner)
            {
                if (owner.Kind == "Deployment")
                {
                    controller.Queue.Add(new NamespacedName(set.Metadata.NamespaceProperty, owner.Name));
                }

                return;
            }

            foreach (var deployment in deployments.Lister.List(set.Metadata.NamespaceProperty))
            {
                if (deployment.Spec.Selector.Matches(set.Metadata.Labels))
                {
                    controller.Queue.Add(NamespacedName.Of(deployment));
                }
            }
        }
    }
}
