using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Ownership;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Jobs;

/// <summary>Runs Jobs to their end, and removes them when their time to live is over (<c>pkg/controller/job</c>, <c>ttlafterfinished</c>).</summary>
internal sealed class JobReconciler(
    ApiClient client, ILister<V1Job> jobs, ILister<V1Pod> pods, Expectations<V1Pod> expectations, EventRecorder events, TimeProvider time)
    : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (jobs.Find(name) is not { } job || job.Metadata.IsTerminating())
        {
            return Result.Done;
        }

        var now = time.GetUtcNow().UtcDateTime;
        if (JobConditions.FinishedAt(job) is { } finishedAt)
        {
            return await OutliveAsync(job, finishedAt, now, cancel);
        }

        if (!expectations.Satisfied(job.Metadata.Uid))
        {
            return Result.Done; // the pods' own events bring the job back
        }

        var controller = OwnerReference.ToController(job, "batch/v1", "Job");
        var claim = Claim<V1Pod>.Of(job, job.Spec.Selector, pods.List(name.Namespace));
        var observed = new JobPods(job, await claim.CarryOutAsync(client, Resources.Pods, controller, cancel));
        // to the second, as it is stored
        var startTime = job.Status?.StartTime ?? new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        var plan = JobPlan.For(job, observed, startTime, now);

        await DeleteAsync(job, plan.Delete, cancel);
        var failed = await SlowStart.RunAsync(plan.Create, () => CreateAsync(job, controller, cancel));
        var status = JobStatusFrom.Observed(job, observed, failed is null ? plan : plan with { Create = 0 }, startTime, now);
        if (JobStatusFrom.Differs(job.Status, status))
        {
            var changed = Copy.Of(job);
            changed.Status = status;
            await client.UpdateAsync(Resources.Jobs, changed, "status", cancel);
            Announce(job, plan, cancel);
        }

        if (failed is not null and not ApiException { IsNamespaceTerminating: true })
        {
            var message = failed is ApiException refused ? refused.StatusMessage : failed.Message;
            await events.WarningAsync(job, "FailedCreate", $"Error creating: {message}", cancel);
            throw new InvalidOperationException($"FailedCreate: {message}");
        }

        return plan.LookAgainAt is { } at ? Result.After(at - now) : Result.Done;
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
        await client.DeleteAsync(Resources.Jobs, job.Metadata.NamespaceProperty, job.Metadata.Name, options, cancel);
        return Result.Done;
    }

    private async Task CreateAsync(V1Job job, V1OwnerReference controller, CancellationToken cancel)
    {
        var pod = await client.CreateAsync(Resources.Pods, PodFrom.Template(job.Spec.Template, job, controller), cancel);
        expectations.Created(job.Metadata.Uid, pod);
        _ = events.NormalAsync(job, "SuccessfulCreate", $"Created pod: {pod.Metadata.Name}", cancel);
    }

    private async Task DeleteAsync(V1Job job, IReadOnlyList<V1Pod> superfluous, CancellationToken cancel)
    {
        foreach (var pod in superfluous)
        {
            var options = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = pod.Metadata.Uid } };
            await client.DeleteAsync(Resources.Pods, pod.Metadata.NamespaceProperty, pod.Metadata.Name, options, cancel);
            expectations.Deleted(job.Metadata.Uid, pod);
            _ = events.NormalAsync(job, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}", cancel);
        }
    }

    private void Announce(V1Job job, JobPlan plan, CancellationToken cancel)
    {
        foreach (var condition in plan.Conditions)
        {
            switch (condition.Type)
            {
                case JobConditions.Complete:
                    _ = events.NormalAsync(job, "Completed", "Job completed", cancel);
                    break;
                case JobConditions.Failed:
                    _ = events.WarningAsync(job, condition.Reason, condition.Message, cancel);
                    break;
                case JobConditions.Suspended:
                    _ = events.NormalAsync(job, "Suspended", "Job suspended", cancel);
                    break;
            }
        }
    }
}
