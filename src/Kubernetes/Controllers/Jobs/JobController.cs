using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Jobs;

/// <summary>Wires the Job reconciler to changes of Jobs and their pods, and what lets go of pods that lost their Job.</summary>
internal static class JobController
{
    public static IEnumerable<Controller> Create(ControllerContext context)
    {
        var owned = new OwnedPods<V1Job>(context, Resources.Jobs, job => job.Spec.Selector, "job-controller");
        var tracking = new PodTracking(context.Client);
        return [OrphanPods.Create(context, tracking), owned.Wire("job", new JobReconciler(owned, tracking))];
    }
}
