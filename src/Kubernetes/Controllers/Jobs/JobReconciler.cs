using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Jobs;

/// <summary>Runs Jobs to their end, and removes them when their time to live is over (<c>pkg/controller/job</c>, <c>ttlafterfinished</c>).</summary>
internal sealed class JobReconciler(OwnedPods<V1Job> owned) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (owned.Owners.Find(name) is not { } job || job.Metadata.IsTerminating())
        {
            return Result.Done;
        }

        var now = owned.Now;
        if (JobConditions.FinishedAt(job) is { } finishedAt)
        {
            return await OutliveAsync(job, finishedAt, now, cancel);
        }

        if (!owned.Settled(job))
        {
            return Result.Done; // the pods' own events bring the job back
        }

        var observed = new JobPods(job, await owned.ClaimAsync(job, cancel));
        // to the second, as it is stored
        var startTime = job.Status?.StartTime ?? new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        var plan = JobPlan.For(job, observed, startTime, now);

        foreach (var superfluous in plan.Delete)
        {
            await owned.DeleteAsync(job, superfluous, cancel);
        }

        var create = NewPods(job, observed, plan.Create);
        var failed = await SlowStart.RunAsync(create.Count, () => owned.CreateAsync(job, create.Dequeue(), cancel));
        var status = JobStatusFrom.Observed(job, observed, failed is null ? plan : plan with { Create = 0 }, startTime, now);
        if (JobStatusFrom.Differs(job.Status, status))
        {
            var changed = Copy.Of(job);
            changed.Status = status;
            await owned.Client.UpdateAsync(Resources.Jobs, changed, "status", cancel);
            Announce(job, plan, cancel);
        }

        if (failed is not null and not ApiException { IsNamespaceTerminating: true })
        {
            var failure = await owned.ReportAsync(job, "FailedCreate", "creating", failed, cancel);
            throw new InvalidOperationException($"{failure.Reason}: {failure.Message}");
        }

        return plan.LookAgainAt is { } at ? Result.After(at - now) : Result.Done;
    }

    private Queue<V1Pod> NewPods(V1Job job, JobPods observed, int count)
    {
        V1Pod New() => PodFrom.Template(job.Spec.Template, job, owned.Reference(job));
        return new Queue<V1Pod>(CompletionIndexes.IsIndexed(job)
            ? CompletionIndexes.Missing(job, observed.TakenIndexes, count).Select(index => CompletionIndexes.Give(New(), job.Metadata.Name, index))
            : Enumerable.Range(0, count).Select(_ => New()));
    }

    private async Task<Result> OutliveAsync(V1Job job, DateTime finishedAt, DateTime now, CancellationToken cancel)
    {
        if (job.Spec.TtlSecondsAfterFinished is not { } seconds)
        {
            return Result.Done;
        }

        var end = finishedAt.AddSeconds(seconds);
        if (end > now)
        {
            return Result.After(end - now);
        }

        var options = new V1DeleteOptions { PropagationPolicy = "Foreground", Preconditions = new V1Preconditions { Uid = job.Metadata.Uid } };
        await owned.Client.DeleteAsync(Resources.Jobs, job.Metadata.NamespaceProperty, job.Metadata.Name, options, cancel);
        return Result.Done;
    }

    private void Announce(V1Job job, JobPlan plan, CancellationToken cancel)
    {
        foreach (var condition in plan.Conditions)
        {
            switch (condition.Type)
            {
                case JobConditions.Complete:
                    _ = owned.Events.NormalAsync(job, "Completed", "Job completed", cancel);
                    break;
                case JobConditions.Failed:
                    _ = owned.Events.WarningAsync(job, condition.Reason, condition.Message, cancel);
                    break;
                case JobConditions.Suspended:
                    _ = owned.Events.NormalAsync(job, "Suspended", "Job suspended", cancel);
                    break;
            }
        }
    }
}
