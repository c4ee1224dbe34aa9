using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Jobs;

/// <summary>Wires the Job reconciler to changes of Jobs and their pods.</summary>
internal static class JobController
{
    public static Controller Create(ControllerContext context)
    {
        var owned = new OwnedPods<V1Job>(context, Resources.Jobs, job => job.Spec.Selector, "job-controller");
        return owned.Wire("job", new JobReconciler(owned));
    }
}
