using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>Condition types and reasons of a Deployment, and how one replaces another (<c>deployment_util.go</c>).</summary>
internal static class DeploymentConditions
{
    public const string Available = "Available";
    public const string Progressing = "Progressing";
    public const string ReplicaFailure = "ReplicaFailure";

    public const string FoundNewReplicaSet = "FoundNewReplicaSet";
    public const string NewReplicaSetCreated = "NewReplicaSetCreated";
    public const string NewReplicaSetAvailable = "NewReplicaSetAvailable";
    public const string ReplicaSetUpdated = "ReplicaSetUpdated";
    public const string ReplicaSetCreateError = "ReplicaSetCreateError";
    public const string ProgressDeadlineExceeded = "ProgressDeadlineExceeded";
    public const string DeploymentPaused = "DeploymentPaused";
    public const string DeploymentResumed = "DeploymentResumed";

    public static V1DeploymentCondition? Find(IEnumerable<V1DeploymentCondition>? conditions, string type)
        => conditions?.FirstOrDefault(condition => condition.Type == type);

    /// <summary>
    /// Replaces the condition of the same type; keeps it when status and reason are unchanged, unless <paramref name="refresh"/>
    /// asks for a new update time; keeps its transition time when only the reason changed.
    /// </summary>
    public static void Set(
        List<V1DeploymentCondition> conditions, string type, string status, string reason, string message, DateTime now, bool refresh = false)
    {
        var existing = Find(conditions, type);
        if (existing is not null && existing.Status == status && existing.Reason == reason && !refresh)
        {
            return;
        }

        conditions.RemoveAll(condition => condition.Type == type);
        conditions.Add(new V1DeploymentCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastUpdateTime = now,
            LastTransitionTime = existing?.Status == status ? existing.LastTransitionTime : now,
        });
    }

    public static bool HasDeadline(V1Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is not (null or int.MaxValue);
}
