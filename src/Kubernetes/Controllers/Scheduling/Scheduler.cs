using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Scheduling;

/// <summary>Wires the scheduler: new pods, and those still pending when room or a node appears.</summary>
internal static class Scheduler
{
    public static Controller Create(ControllerContext context)
    {
        var pods = context.Informers.For(Resources.Pods);
        var nodes = context.Informers.For(Resources.Nodes);
        var claims = context.Informers.For(Resources.PersistentVolumeClaims);
        var classes = context.Informers.For(Resources.StorageClasses);
        var reconciler = new SchedulerReconciler(
            context.Client, pods.Lister, nodes.Lister, new PodClaims(claims.Lister, classes.Lister), context.Events(SchedulerReconciler.SchedulerName), context.Time);
        var controller = context.Controller("scheduler", reconciler, workers: 4);
        pods.OnChange(change =>
        {
            if (change.After is { } pod && SchedulerReconciler.Concerns(pod))
            {
                controller.Queue.Add(NamespacedName.Of(pod));
            }

            if (change.Before is { } before && !string.IsNullOrEmpty(before.Spec.NodeName) && !before.IsFinished() && change.After?.IsFinished() != false)
            {
                AddPending(); // room on a node
            }
        });
        nodes.OnChange(change =>
        {
            if (change.Before is null || change.After is null || NodeFit.Of(change.Before) != NodeFit.Of(change.After))
            {
                AddPending();
            }
        });
        claims.OnChange(change => AddWaiting(NamespacedName.Of(change.Object)));
        return controller;

        void AddWaiting(NamespacedName claim)
        {
            foreach (var pod in pods.Lister.List(claim.Namespace).Where(pod => SchedulerReconciler.Concerns(pod) && PodClaims.Of(pod).Contains(claim)))
            {
                controller.Queue.Add(NamespacedName.Of(pod));
            }
        }

        void AddPending()
        {
            foreach (var pod in pods.Lister.List())
            {
                if (SchedulerReconciler.Concerns(pod))
                {
                    controller.Queue.Add(NamespacedName.Of(pod));
                }
            }
        }
    }
}
