using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>Condition types and reasons of a Job (<c>batch/v1</c> types.go).</summary>
internal static class JobConditions
{
    public const string Complete = "Complete";
    public const string SuccessCriteriaMet = "SuccessCriteriaMet";
    public const string Failed = "Failed";
    public const string FailureTarget = "FailureTarget";
    public const string Suspended = "Suspended";

    public const string BackoffLimitExceeded = "BackoffLimitExceeded";
    public const string DeadlineExceeded = "DeadlineExceeded";
    public const string PodFailurePolicy = "PodFailurePolicy";
    public const string CompletionsReached = "CompletionsReached";
    public const string SuccessPolicy = "SuccessPolicy";
    public const string FailedIndexes = "FailedIndexes";
    public const string MaxFailedIndexesExceeded = "MaxFailedIndexesExceeded";

    public static V1JobCondition? Find(V1Job job, string type)
        => job.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type && condition.Status == "True");

    public static bool IsFinished(V1Job job) => Find(job, Complete) is not null || Find(job, Failed) is not null;

    /// <summary>When the job finished; null while it runs.</summary>
    public static DateTime? FinishedAt(V1Job job) => (Find(job, Complete) ?? Find(job, Failed))?.LastTransitionTime;

    /// <summary>Whether the condition says that the Job has ended.</summary>
    public static bool IsFinal(this V1JobCondition condition) => condition.Type is Complete or Failed;

    public static V1JobCondition New(string type, string reason, string message, DateTime now, string status = "True") => new()
    {
        Type = type,
        Status = status,
        Reason = reason,
        Message = message,
        LastProbeTime = now,
        LastTransitionTime = now,
    };
}
