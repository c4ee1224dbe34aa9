using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Jobs;

/// <summary>What one Job needs (<c>pkg/controller/job/job_controller.go</c>): pods to create or delete, conditions, the next look.</summary>
internal sealed record JobPlan
{
    private static readonly TimeSpan BackoffFirst = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromMinutes(10);

    public int Create { get; init; }

    /// <summary>Of an Indexed Job, the indexes that the new pods are for.</summary>
    public IReadOnlyList<int> Indexes { get; init; } = [];

    public IReadOnlyList<V1Pod> Delete { get; init; } = [];

    /// <summary>Whether the Job's end is decided: what is deleted then counts as failed, and every pod is let go.</summary>
    public bool Ends { get; init; }

    /// <summary>Conditions to add.</summary>
    public IReadOnlyList<V1JobCondition> Conditions { get; init; } = [];

    /// <summary>Whether the Job is complete with this pass.</summary>
    public bool Completes => Conditions.Any(condition => condition.Type == JobConditions.Complete);

    public DateTime? LookAgainAt { get; init; }

    /// <param name="job">A Job that is not finished.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="startTime">When it started; this moment for a new one.</param>
    /// <param name="now">The moment of the decision.</param>
    public static JobPlan For(V1Job job, JobPods pods, DateTime? startTime, DateTime now)
    {
        if (job.Spec.Suspend == true)
        {
            return new JobPlan
            {
                Delete = pods.Active,
                Conditions = JobConditions.Find(job, JobConditions.Suspended) is null
                    ? [JobConditions.New(JobConditions.Suspended, "JobSuspended", "Job suspended", now)] : [],
            };
        }

        if (JobConditions.Find(job, JobConditions.SuccessCriteriaMet) is { } met)
        {
            return Complete(pods, met, decided: true, now);
        }

        if (Failure(job, pods, startTime, now) is { } failure)
        {
            return Fail(job, pods, failure, now);
        }

        if (SuccessRules.Match(job, pods.CompletedIndexes) is { } rule)
        {
            return Complete(pods, JobConditions.New(JobConditions.SuccessCriteriaMet, JobConditions.SuccessPolicy, rule, now), decided: false, now);
        }

        if (IsComplete(job, pods))
        {
            const string message = "Reached expected number of succeeded pods";
            return Complete(pods, JobConditions.New(JobConditions.SuccessCriteriaMet, JobConditions.CompletionsReached, message, now), decided: false, now);
        }

        return Run(job, pods, startTime, now);
    }

    private static (string Reason, string Message)? Failure(V1Job job, JobPods pods, DateTime? startTime, DateTime now)
    {
        if (JobConditions.Find(job, JobConditions.FailureTarget) is { } decided)
        {
            return (decided.Reason, decided.Message);
        }

        if (pods.FailedPods.Select(pod => PodFailureRules.FailsJob(job, pod)).FirstOrDefault(message => message is not null) is { } byPolicy)
        {
            return (JobConditions.PodFailurePolicy, byPolicy);
        }

        var limit = job.Spec.BackoffLimit ?? 6;
        var restarts = job.Spec.Template.Spec.RestartPolicy == "OnFailure" ? pods.Restarts : 0;
        if (pods.Failed > limit || (restarts > 0 && (limit == 0 || restarts >= limit)))
        {
            return (JobConditions.BackoffLimitExceeded, "Job has reached the specified backoff limit");
        }

        if (job.Spec.ActiveDeadlineSeconds is { } seconds && startTime is { } start && now >= start.AddSeconds(seconds))
        {
            return (JobConditions.DeadlineExceeded, "Job was active longer than specified deadline");
        }

        return pods.FailedIndexes is { } failed ? FailureByIndexes(job, pods, failed.Count) : null;
    }

    private static (string Reason, string Message)? FailureByIndexes(V1Job job, JobPods pods, int failed)
    {
        if (failed > job.Spec.MaxFailedIndexes)
        {
            return (JobConditions.MaxFailedIndexesExceeded, "Job has exceeded the specified maximal number of failed indexes");
        }

        return failed > 0 && failed + pods.Succeeded >= job.Spec.Completions ? (JobConditions.FailedIndexes, "Job has failed indexes") : null;
    }

    // the failure is decided at once, and final when the last pod has ended
    private static JobPlan Fail(V1Job job, JobPods pods, (string Reason, string Message) failure, DateTime now)
    {
        var conditions = new List<V1JobCondition>();
        if (JobConditions.Find(job, JobConditions.FailureTarget) is null)
        {
            conditions.Add(JobConditions.New(JobConditions.FailureTarget, failure.Reason, failure.Message, now));
        }

        if (pods.Active.Count == 0 && pods.Terminating == 0)
        {
            conditions.Add(JobConditions.New(JobConditions.Failed, failure.Reason, failure.Message, now));
        }

        return new JobPlan { Delete = pods.Active, Conditions = conditions, Ends = true };
    }

    // without a number of completions, any success ends the work and the other pods run out by themselves
    private static bool IsComplete(V1Job job, JobPods pods)
        => job.Spec.Completions is { } completions ? pods.Succeeded >= completions : pods.Succeeded > 0 && pods.Active.Count == 0;

    private static JobPlan Complete(JobPods pods, V1JobCondition met, bool decided, DateTime now)
    {
        var conditions = new List<V1JobCondition>();
        if (!decided)
        {
            conditions.Add(met);
        }

        if (pods.Active.Count == 0 && pods.Terminating == 0)
        {
            conditions.Add(JobConditions.New(JobConditions.Complete, met.Reason, met.Message, now));
        }

        return new JobPlan { Delete = pods.Active, Conditions = conditions, Ends = true };
    }

    private static JobPlan Run(V1Job job, JobPods pods, DateTime? startTime, DateTime now)
    {
        var parallelism = job.Spec.Parallelism ?? 1;
        var wanted = job.Spec.Completions is { } completions
            ? Math.Min(completions - pods.Succeeded - (pods.FailedIndexes?.Count ?? 0), parallelism)
            : pods.Succeeded > 0 ? Math.Min(pods.Active.Count, parallelism) : parallelism;
        var deadline = job.Spec.ActiveDeadlineSeconds is { } seconds ? startTime?.AddSeconds(seconds) : null;
        if (pods.Active.Count > wanted)
        {
            return new JobPlan { Delete = [.. pods.Active.OrderBy(pod => pod.IsReady()).Take(pods.Active.Count - wanted)], LookAgainAt = deadline };
        }

        var missing = Math.Max(0, wanted - pods.Active.Count - (pods.WaitsForTheEnd ? pods.Terminating : 0));
        if (CompletionIndexes.IsIndexed(job))
        {
            return ForIndexes(job, pods, missing, deadline, now);
        }

        return missing > 0 && RetryAt(pods) is { } retry && retry > now
            ? new JobPlan { LookAgainAt = Earlier(deadline, retry) }
            : new JobPlan { Create = missing, LookAgainAt = deadline };
    }

    private static JobPlan ForIndexes(V1Job job, JobPods pods, int missing, DateTime? deadline, DateTime now)
    {
        var perIndex = pods.FailedIndexes is not null;
        HashSet<int> taken = [.. pods.TakenIndexes, .. pods.FailedIndexes ?? []];
        var open = CompletionIndexes.Missing(job, taken, job.Spec.Completions ?? 0)
            .Select(index => (Index: index, RetryAt: perIndex ? RetryAt(pods, index) : RetryAt(pods))).ToList();
        List<int> indexes = [.. open.Where(entry => entry.RetryAt is null || entry.RetryAt <= now).Take(missing).Select(entry => entry.Index)];
        var later = indexes.Count < missing ? open.Where(entry => entry.RetryAt > now).Min(entry => entry.RetryAt) : null;
        return new JobPlan { Create = indexes.Count, Indexes = indexes, LookAgainAt = Earlier(deadline, later) };
    }

    private static DateTime? Earlier(DateTime? one, DateTime? other) => one is null || other < one ? other ?? one : one;

    private static DateTime? RetryAt(JobPods pods)
    {
        var (count, lastAt) = pods.FailuresInARow();
        return count == 0 ? null : lastAt + Pause(count);
    }

    private static DateTime? RetryAt(JobPods pods, int index)
        => pods.Waiting.TryGetValue(index, out var failed) ? JobPods.FinishedAt(failed) + Pause(IndexFailures.Total(failed) + 1) : null;

    private static TimeSpan Pause(int failures) => TimeSpan.FromTicks(Math.Min(BackoffFirst.Ticks << Math.Min(failures - 1, 10), BackoffMax.Ticks));
}
