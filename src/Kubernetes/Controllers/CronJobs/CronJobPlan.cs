using k8s.Models;
using Kubernetes.Controllers.Jobs;
using Kubernetes.Schedules;

namespace Kubernetes.Controllers.CronJobs;

/// <summary>What a CronJob does now (<c>cronjob_controllerv2.go</c>, <c>syncCronJob</c>).</summary>
internal sealed record CronJobPlan
{
    private const int MissedMax = 100;

    /// <summary>The scheduled time for which a job starts now, UTC; null: none does.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Running jobs that make way for the new one.</summary>
    public IReadOnlyList<V1Job> Replace { get; init; } = [];

    /// <summary>A warning to give: reason and message.</summary>
    public (string Reason, string Message)? Warning { get; init; }

    /// <summary>Why no job starts although it is time, or null.</summary>
    public (string Reason, string Message)? Notice { get; init; }

    public DateTime? LookAgainAt { get; init; }

    /// <param name="cronJob">The CronJob.</param>
    /// <param name="jobs">The jobs it controls.</param>
    /// <param name="now">The moment of the decision, UTC.</param>
    public static CronJobPlan For(V1CronJob cronJob, IReadOnlyList<V1Job> jobs, DateTime now)
    {
        if (cronJob.Metadata.DeletionTimestamp is not null || cronJob.Spec.Suspend == true)
        {
            return new CronJobPlan();
        }

        CronSchedule schedule;
        try
        {
            schedule = CronSchedule.Parse(cronJob.Spec.Schedule, cronJob.Spec.TimeZone);
        }
        catch (FormatException exception)
        {
            return exception.Message.StartsWith("unknown time zone", StringComparison.Ordinal)
                ? new CronJobPlan { Warning = ("UnknownTimeZone", $"invalid timeZone: \"{cronJob.Spec.TimeZone}\": {exception.Message}") }
                : new CronJobPlan { Warning = ("UnparseableSchedule", $"unparseable schedule: \"{cronJob.Spec.Schedule}\" : {exception.Message}") };
        }

        var next = schedule.Next(now);
        var (due, tooMany) = MostRecent(cronJob, schedule, now);
        var plan = new CronJobPlan
        {
            LookAgainAt = next,
            Warning = tooMany
                ? ("TooManyMissedTimes", "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew") : null,
        };
        if (due is not { } at || cronJob.Status?.LastScheduleTime == at)
        {
            return plan;
        }

        if (cronJob.Spec.StartingDeadlineSeconds is { } deadline && at.AddSeconds(deadline) < now)
        {
            return plan with { Warning = ("MissSchedule", $"Missed scheduled time to start a job: {at:ddd, dd MMM yyyy HH:mm:ss} +0000") };
        }

        var running = jobs.Where(job => !JobConditions.IsFinished(job)).ToList();
        return cronJob.Spec.ConcurrencyPolicy switch
        {
            "Forbid" when running.Count > 0 => plan with
            {
                Notice = ("JobAlreadyActive", "Not starting job because prior execution is running and concurrency policy is Forbid"),
            },
            "Replace" => plan with { Start = at, Replace = running },
            _ => plan with { Start = at },
        };
    }

    /// <summary>Finished jobs beyond the history limits, oldest first.</summary>
    public static IEnumerable<V1Job> Outlived(V1CronJob cronJob, IReadOnlyList<V1Job> jobs)
    {
        var finished = jobs.Where(JobConditions.IsFinished).OrderBy(job => job.Status?.StartTime).ThenBy(job => job.Metadata.Name, StringComparer.Ordinal).ToList();
        var failed = finished.Where(job => JobConditions.Find(job, JobConditions.Failed) is not null).ToList();
        var successful = finished.Except(failed).ToList();
        return [.. Beyond(successful, cronJob.Spec.SuccessfulJobsHistoryLimit), .. Beyond(failed, cronJob.Spec.FailedJobsHistoryLimit)];
    }

    private static IEnumerable<V1Job> Beyond(List<V1Job> jobs, int? limit) => limit is { } kept ? jobs.Take(Math.Max(0, jobs.Count - kept)) : [];

    private static (DateTime? At, bool TooMany) MostRecent(V1CronJob cronJob, CronSchedule schedule, DateTime now)
    {
        var earliest = cronJob.Status?.LastScheduleTime ?? cronJob.Metadata.CreationTimestamp ?? now;
        if (cronJob.Spec.StartingDeadlineSeconds is { } deadline && now.AddSeconds(-deadline) > earliest)
        {
            earliest = now.AddSeconds(-deadline);
        }

        DateTime? last = null;
        var missed = 0;
        for (var at = schedule.Next(earliest); at <= now; at = schedule.Next(at.Value))
        {
            last = at;
            missed++;
            if (missed > MissedMax)
            {
                // far behind: the rest is skipped up to shortly before now
                at = now - (schedule.Next(at.Value) - at.Value) is { } late && late > at ? late : at;
            }
        }

        return (last, missed > MissedMax);
    }
}
