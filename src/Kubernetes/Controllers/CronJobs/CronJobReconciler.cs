using System.Globalization;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Jobs;
using Kubernetes.Controllers.Ownership;

namespace Kubernetes.Controllers.CronJobs;

/// <summary>Starts jobs at their times and keeps their history short (<c>pkg/controller/cronjob</c>).</summary>
internal sealed class CronJobReconciler(ApiClient client, ILister<V1CronJob> cronJobs, ILister<V1Job> jobs, EventRecorder events, TimeProvider time) : IReconciler
{
    private const string ScheduledAt = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    // upstream looks a moment after the time, so that it has come for certain
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(100);

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (cronJobs.Find(name) is not { } cronJob)
        {
            return Result.Done; // the collector takes the jobs
        }

        var now = time.GetUtcNow().UtcDateTime;
        var owned = jobs.ControlledBy(cronJob.Metadata.Uid);
        var unseen = await UnseenAsync(cronJob, owned, cancel);
        var plan = CronJobPlan.For(cronJob, owned, now);
        if ((plan.Warning ?? plan.Notice) is { } said)
        {
            await (plan.Warning is null
                ? events.NormalAsync(cronJob, said.Reason, said.Message, cancel)
                : events.WarningAsync(cronJob, said.Reason, said.Message, cancel));
        }

        foreach (var job in plan.Replace)
        {
            await DeleteAsync(cronJob, job, cancel);
        }

        var started = plan.Start is { } at && await StartAsync(cronJob, at, cancel) is { } made ? (made, at) : ((V1Job, DateTime)?)null;
        var status = CronJobStatusFrom.Observed(cronJob.Status, owned, unseen, started);
        if (CronJobStatusFrom.Differs(cronJob.Status, status))
        {
            var changed = Copy.Of(cronJob);
            changed.Status = status;
            await client.UpdateAsync(Resources.CronJobs, changed, "status", cancel);
            await AnnounceEndsAsync(cronJob, owned, cancel);
        }

        foreach (var job in CronJobPlan.Outlived(cronJob, owned))
        {
            await DeleteAsync(cronJob, job, cancel);
        }

        return plan.LookAgainAt is { } next ? Result.After(next - now + Late) : Result.Done;
    }

    private async Task<List<V1ObjectReference>> UnseenAsync(V1CronJob cronJob, IReadOnlyList<V1Job> owned, CancellationToken cancel)
    {
        var unseen = new List<V1ObjectReference>();
        foreach (var reference in (cronJob.Status?.Active ?? []).Where(reference => owned.All(job => job.Metadata.Uid != reference.Uid)))
        {
            if (await client.FindAsync(Resources.Jobs, reference.NamespaceProperty, reference.Name, cancel) is { } job && job.Metadata.Uid == reference.Uid)
            {
                unseen.Add(reference);
            }
            else
            {
                _ = events.NormalAsync(cronJob, "MissingJob", $"Active job went missing: {reference.Name}", cancel);
            }
        }

        return unseen;
    }

    private async Task AnnounceEndsAsync(V1CronJob cronJob, IReadOnlyList<V1Job> owned, CancellationToken cancel)
    {
        var active = (cronJob.Status?.Active ?? []).Select(reference => reference.Uid).ToHashSet();
        foreach (var job in owned.Where(job => active.Contains(job.Metadata.Uid) && JobConditions.IsFinished(job)))
        {
            var condition = JobConditions.Find(job, JobConditions.Complete) is not null ? JobConditions.Complete : JobConditions.Failed;
            await events.NormalAsync(cronJob, "SawCompletedJob", $"Saw completed job: {job.Metadata.Name}, condition: {condition}", cancel);
        }
    }

    private async Task<V1Job?> StartAsync(V1CronJob cronJob, DateTime at, CancellationToken cancel)
    {
        var template = Copy.Of(cronJob.Spec.JobTemplate);
        var minutes = new DateTimeOffset(at).ToUnixTimeSeconds() / 60;
        var job = new V1Job
        {
            Metadata = new V1ObjectMeta
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"{cronJob.Metadata.Name}-{minutes}"),
                NamespaceProperty = cronJob.Metadata.NamespaceProperty,
                Labels = template.Metadata?.Labels,
                Annotations = new Dictionary<string, string>(template.Metadata?.Annotations ?? new Dictionary<string, string>())
                {
                    [ScheduledAt] = Local(at, cronJob.Spec.TimeZone),
                },
                OwnerReferences = [OwnerReference.ToController(cronJob, "batch/v1", "CronJob")],
            },
            Spec = template.Spec,
        };
        try
        {
            var created = await client.CreateAsync(Resources.Jobs, job, cancel);
            _ = events.NormalAsync(cronJob, "SuccessfulCreate", $"Created job {created.Metadata.Name}", cancel);
            return created;
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            // started before the status could be written; another owner's job of this name is not ours to count
            var existing = await client.FindAsync(Resources.Jobs, job.Metadata.NamespaceProperty, job.Metadata.Name, cancel);
            return existing?.Metadata.ControllerUid() == cronJob.Metadata.Uid ? existing : null;
        }
        catch (ApiException exception) when (exception.IsNamespaceTerminating)
        {
            return null;
        }
        catch (ApiException exception)
        {
            await events.WarningAsync(cronJob, "FailedCreate", $"Error creating job: {exception.StatusMessage}", cancel);
            throw;
        }
    }

    private async Task DeleteAsync(V1CronJob cronJob, V1Job job, CancellationToken cancel)
    {
        var options = new V1DeleteOptions { PropagationPolicy = "Background", Preconditions = new V1Preconditions { Uid = job.Metadata.Uid } };
        await client.DeleteAsync(Resources.Jobs, job.Metadata.NamespaceProperty, job.Metadata.Name, options, cancel);
        _ = events.NormalAsync(cronJob, "SuccessfulDelete", $"Deleted job {job.Metadata.Name}", cancel);
    }

    private static string Local(DateTime at, string? timeZone)
    {
        if (string.IsNullOrEmpty(timeZone))
        {
            return at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        }

        var local = TimeZoneInfo.ConvertTime(new DateTimeOffset(at), TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        return local.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
    }
}
