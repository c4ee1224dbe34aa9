using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>A Job's status from its pods and the decisions about it.</summary>
internal static class JobStatusFrom
{
    public static V1JobStatus Observed(V1Job job, JobPods pods, JobPlan plan, JobLedger ledger, DateTime? startTime, DateTime now)
    {
        var ended = plan.Conditions.Any(condition => condition.Type is JobConditions.Complete or JobConditions.Failed);
        var active = ended ? 0 : pods.Active.Count - plan.Delete.Count + plan.Create;
        var conditions = (job.Status?.Conditions ?? []).Where(old => plan.Conditions.All(added => added.Type != old.Type)).Concat(plan.Conditions).ToList();
        if (job.Spec.Suspend != true && conditions.Find(condition => condition is { Type: JobConditions.Suspended, Status: "True" }) is { } suspended)
        {
            conditions.Remove(suspended);
            conditions.Add(JobConditions.New(JobConditions.Suspended, "JobResumed", "Job resumed", now, status: "False"));
        }

        var succeeded = pods.CompletedIndexes?.Count ?? ledger.Succeeded;
        return new V1JobStatus
        {
            StartTime = job.Spec.Suspend == true ? null : startTime,
            CompletionTime = plan.Completes ? now : job.Status?.CompletionTime,
            Active = active == 0 ? null : active,
            Ready = pods.Ready,
            Terminating = pods.Terminating + plan.Delete.Count,
            Succeeded = succeeded == 0 ? null : succeeded,
            Failed = ledger.Failed == 0 ? null : ledger.Failed,
            CompletedIndexes = pods.CompletedIndexes is { Count: > 0 } done ? CompletionIndexes.Format(done) : null,
            Conditions = conditions.Count == 0 ? null : conditions,
            FailedIndexes = pods.FailedIndexes is { } failed ? CompletionIndexes.Format(failed) : null,
            UncountedTerminatedPods = ledger.ToStatus(),
        };
    }

    public static bool Differs(V1JobStatus? before, V1JobStatus after)
        => before is null
            || before.StartTime != after.StartTime
            || before.CompletionTime != after.CompletionTime
            || (before.Active ?? 0) != (after.Active ?? 0)
            || (before.Ready ?? 0) != (after.Ready ?? 0)
            || (before.Terminating ?? 0) != (after.Terminating ?? 0)
            || (before.Succeeded ?? 0) != (after.Succeeded ?? 0)
            || (before.Failed ?? 0) != (after.Failed ?? 0)
            || (before.CompletedIndexes ?? "") != (after.CompletedIndexes ?? "")
            || before.FailedIndexes != after.FailedIndexes
            || !Uids(before.UncountedTerminatedPods).SequenceEqual(Uids(after.UncountedTerminatedPods))
            || !Keys(before.Conditions).SequenceEqual(Keys(after.Conditions));

    private static IEnumerable<object> Keys(IList<V1JobCondition>? conditions)
        => (conditions ?? []).Select(condition => (object)(condition.Type, condition.Status, condition.Reason, condition.Message));

    private static IEnumerable<string> Uids(V1UncountedTerminatedPods? uncounted)
        => (uncounted?.Succeeded ?? []).Append("").Concat(uncounted?.Failed ?? []);
}
