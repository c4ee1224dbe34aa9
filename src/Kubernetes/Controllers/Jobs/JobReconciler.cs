using System.Globalization;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Jobs;

/// <summary>Runs Jobs to their end, and removes them when their time to live is over (<c>pkg/controller/job</c>, <c>ttlafterfinished</c>).</summary>
internal sealed class JobReconciler(OwnedPods<V1Job> owned, PodTracking tracking) : IReconciler
{
    private readonly MutationCache<V1Job> _written = new();

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (owned.Owners.Find(name) is not { } job || job.Metadata.IsTerminating())
        {
            _written.Forget(name);
            return Result.Done; // its pods are let go without being counted
        }

        var now = owned.Now;
        if (JobConditions.FinishedAt(job) is { } finishedAt)
        {
            return await OutliveAsync(job, finishedAt, now, cancel);
        }

        var (pods, settled) = await owned.ClaimAsync(job, cancel);
        if (!settled || IsBehind(name, job))
        {
            return Result.Done; // the pods' own events, or the job's, bring the job back
        }

        var observed = new JobPods(job, pods, tracking.Holds);
        // to the second, as it is stored
        var startTime = job.Status?.StartTime ?? new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        var plan = JobPlan.For(job, observed, startTime, now);

        foreach (var superfluous in plan.Delete)
        {
            if (!plan.Ends)
            {
                await tracking.ReleaseAsync(superfluous, cancel); // one pod too many is no failure
            }

            await owned.DeleteAsync(job, superfluous, cancel);
        }

        var create = NewPods(job, observed, plan);
        var failed = await SlowStart.RunAsync(create.Count, () => owned.CreateAsync(job, create.Dequeue(), cancel));
        await CountAsync(job, observed, failed is null ? plan : plan with { Create = 0 }, startTime, cancel);
        if (failed is not null and not ApiException { IsNamespaceTerminating: true })
        {
            var failure = await owned.ReportAsync(job, "FailedCreate", "creating", failed, cancel);
            throw new InvalidOperationException($"{failure.Reason}: {failure.Message}");
        }

        return plan.LookAgainAt is { } at ? Result.After(at - now) : Result.Done;
    }

    // finished pods are entered in the status, let go, and counted; the job ends when none is left to count
    private async Task CountAsync(V1Job job, JobPods observed, JobPlan plan, DateTime startTime, CancellationToken cancel)
    {
        var count = JobCount.Of(observed, plan.Ends);
        var held = observed.Held.Where(pod => plan.Ends || !plan.Delete.Contains(pod)).Select(pod => pod.Metadata.Uid).ToHashSet();
        var ledger = JobLedger.Of(job.Status).Settle(held.Contains).Enter(count.Succeeded, count.Failed);
        if (count.Release.Count > 0)
        {
            var before = plan with { Conditions = [.. plan.Conditions.Where(condition => !condition.IsFinal())] };
            job = await WriteAsync(job, JobStatusFrom.Observed(job, observed, before, ledger, startTime, owned.Now), before, cancel);
            await Task.WhenAll(count.Release.Select(pod => tracking.ReleaseAsync(pod, cancel)));
            held.ExceptWith(count.Release.Select(pod => pod.Metadata.Uid));
            ledger = ledger.Settle(held.Contains);
            plan = plan with { Conditions = [.. plan.Conditions.Where(condition => condition.IsFinal())] };
        }

        if (!ledger.IsSettled)
        {
            plan = plan with { Conditions = [.. plan.Conditions.Where(condition => !condition.IsFinal())] };
        }

        await WriteAsync(job, JobStatusFrom.Observed(job, observed, plan, ledger, startTime, owned.Now), plan, cancel);
    }

    private async Task<V1Job> WriteAsync(V1Job job, V1JobStatus status, JobPlan plan, CancellationToken cancel)
    {
        if (!JobStatusFrom.Differs(job.Status, status))
        {
            return job;
        }

        var changed = Copy.Of(job);
        changed.Status = status;
        var written = await owned.Client.UpdateAsync(Resources.Jobs, changed, "status", cancel);
        _written.Remember(written);
        Announce(job, plan, cancel);
        return written;
    }

    // pods are counted in the status, and forgotten by what it says: an older status would make them anew
    private bool IsBehind(NamespacedName name, V1Job job) => !ReferenceEquals(_written.Newest(name, job), job);

    private Queue<V1Pod> NewPods(V1Job job, JobPods observed, JobPlan plan)
    {
        V1Pod New()
        {
            var pod = PodFrom.Template(job.Spec.Template, job, owned.Reference(job));
            pod.Metadata.Finalizers = [.. pod.Metadata.Finalizers ?? [], PodTracking.Finalizer];
            return pod;
        }

        V1Pod ForIndex(int index)
        {
            var pod = CompletionIndexes.Give(New(), job.Metadata.Name, index);
            return IndexFailures.AreCounted(job) ? IndexFailures.Give(job, pod, observed.Waiting.GetValueOrDefault(index)) : pod;
        }

        return new Queue<V1Pod>(CompletionIndexes.IsIndexed(job) ? plan.Indexes.Select(ForIndex) : Enumerable.Range(0, plan.Create).Select(_ => New()));
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
        if (job.Spec.Suspend != true && JobConditions.Find(job, JobConditions.Suspended) is not null)
        {
            _ = owned.Events.NormalAsync(job, "Resumed", "Job resumed", cancel);
        }

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
