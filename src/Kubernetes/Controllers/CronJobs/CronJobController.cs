using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;

namespace Kubernetes.Controllers.CronJobs;

/// <summary>Wires the CronJob reconciler to changes of CronJobs and their jobs.</summary>
internal static class CronJobController
{
    public static Controller Create(ControllerContext context)
    {
        var cronJobs = context.Informers.For(Resources.CronJobs);
        var jobs = context.Informers.For(Resources.Jobs);
        var reconciler = new CronJobReconciler(context.Client, cronJobs.Lister, jobs.Lister, context.Events("cronjob-controller"), context.Time);
        var controller = context.Controller("cronjob", reconciler, workers: 2);
        cronJobs.OnChange(change => controller.Queue.Add(NamespacedName.Of(change.Object)));
        jobs.OnChange(change =>
        {
            if (change.Object.Metadata.ControllerReference() is { Kind: "CronJob" } owner)
            {
                controller.Queue.Add(new NamespacedName(change.Object.Metadata.NamespaceProperty, owner.Name));
            }
        });
        return controller;
    }
}
