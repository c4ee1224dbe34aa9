using k8s.Models;
using Kubernetes.Controllers.Jobs;

namespace Kubernetes.Controllers.CronJobs;

/// <summary>A CronJob's status from its jobs.</summary>
internal static class CronJobStatusFrom
{
    /// <param name="before">The status so far.</param>
    /// <param name="jobs">The jobs that the CronJob controls.</param>
    /// <param name="unseen">Jobs of the active list that exist, though the cache does not show them.</param>
    /// <param name="started">The job that was started in this pass, with its scheduled time.</param>
    public static V1CronJobStatus Observed(
        V1CronJobStatus? before, IReadOnlyList<V1Job> jobs, IReadOnlyList<V1ObjectReference> unseen, (V1Job Job, DateTime At)? started)
    {
        var known = (before?.Active ?? []).Select(reference => reference.Uid).ToHashSet();
        var active = jobs.Where(job => known.Contains(job.Metadata.Uid) && !JobConditions.IsFinished(job)).Select(Reference).Concat(unseen).ToList();
        if (started is { } now && active.TrueForAll(reference => reference.Uid != now.Job.Metadata.Uid))
        {
            active.Add(Reference(now.Job));
        }

        var succeeded = jobs.Where(job => JobConditions.Find(job, JobConditions.Complete) is not null).Select(job => job.Status?.CompletionTime)
            .Append(before?.LastSuccessfulTime).Max();
        return new V1CronJobStatus
        {
            Active = active.Count == 0 ? null : active,
            LastScheduleTime = started?.At ?? before?.LastScheduleTime,
            LastSuccessfulTime = succeeded,
        };
    }

    public static bool Differs(V1CronJobStatus? before, V1CronJobStatus after)
        => before?.LastScheduleTime != after.LastScheduleTime || before?.LastSuccessfulTime != after.LastSuccessfulTime
            || !(before?.Active ?? []).Select(reference => reference.Uid).SequenceEqual((after.Active ?? []).Select(reference => reference.Uid));

    private static V1ObjectReference Reference(V1Job job) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Name = job.Metadata.Name,
        NamespaceProperty = job.Metadata.NamespaceProperty,
        Uid = job.Metadata.Uid,
        ResourceVersion = job.Metadata.ResourceVersion,
    };
}
