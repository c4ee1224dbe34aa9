using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>
/// Lets go of pods that no Job will count any more: theirs is gone, going or finished, or they were set free
/// (upstream's <c>syncOrphanPod</c>). Without it such a pod, and its namespace, would stay for ever.
/// </summary>
internal sealed class OrphanPods(ApiClient client, ILister<V1Pod> pods, PodTracking tracking) : IReconciler
{
    public static Controller Create(ControllerContext context, PodTracking tracking)
    {
        var pods = context.Informers.For(Resources.Pods);
        var jobs = context.Informers.For(Resources.Jobs);
        var controller = context.Controller("job-orphans", new OrphanPods(context.Client, pods.Lister, tracking));
        pods.OnChange(change =>
        {
            if (change.After is not { } pod || !PodTracking.HasFinalizer(pod))
            {
                tracking.ObservedRelease(change.Object);
            }
            else if (pod.Metadata.ControllerReference() is not { } owner || !Counts(jobs.Lister.Find(new NamespacedName(pod.Metadata.NamespaceProperty, owner.Name)), owner))
            {
                controller.Queue.Add(NamespacedName.Of(pod));
            }
        });
        jobs.OnChange(change =>
        {
            if (change.After is not { } job || !Counts(job))
            {
                foreach (var pod in pods.Lister.ControlledBy(change.Object.Metadata.Uid).Where(PodTracking.HasFinalizer))
                {
                    controller.Queue.Add(NamespacedName.Of(pod));
                }
            }
        });
        return controller;
    }

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (pods.Find(name) is not { } pod || !tracking.Holds(pod))
        {
            return Result.Done;
        }

        // the Job itself, not the cache, which may not show a new one yet
        if (pod.Metadata.ControllerReference() is { Kind: "Job" } owner && Counts(await client.FindAsync(Resources.Jobs, name.Namespace, owner.Name, cancel), owner))
        {
            return Result.Done;
        }

        await tracking.ReleaseAsync(pod, cancel);
        return Result.Done;
    }

    private static bool Counts(V1Job? job, V1OwnerReference owner) => job?.Metadata.Uid == owner.Uid && Counts(job);

    private static bool Counts(V1Job job) => !job.Metadata.IsTerminating() && !JobConditions.IsFinished(job);
}
