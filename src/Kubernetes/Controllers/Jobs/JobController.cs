using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Ownership;

namespace Kubernetes.Controllers.Jobs;

/// <summary>Wires the Job reconciler to changes of Jobs and their pods.</summary>
internal static class JobController
{
    public static Controller Create(ControllerContext context)
    {
        var jobs = context.Informers.For(Resources.Jobs);
        var pods = context.Informers.For(Resources.Pods);
        var expectations = new Expectations<V1Pod>(pods.Lister, context.Time);
        var reconciler = new JobReconciler(
            context.Client, jobs.Lister, pods.Lister, expectations, context.Events("job-controller"), context.Time);
        var controller = context.Controller("job", reconciler, workers: 4);
        jobs.OnChange(change =>
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

            if (change.Object.Metadata.ControllerReference() is { Kind: "Job" } owner)
            {
                controller.Queue.Add(new NamespacedName(change.Object.Metadata.NamespaceProperty, owner.Name));
            }
        });
        return controller;
    }
}
