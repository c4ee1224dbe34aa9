using k8s.Models;

namespace Kubernetes.Controllers.Pods;

/// <summary>What a pod's status says of it (<c>pkg/api/v1/pod/util.go</c>, <c>controller_utils.go</c>).</summary>
public static class PodState
{
    /// <summary>Neither finished nor being deleted.</summary>
    public static bool IsActive(this V1Pod pod) => !pod.IsFinished() && !pod.IsTerminating();

    public static bool IsFinished(this V1Pod pod) => pod.Status?.Phase is "Succeeded" or "Failed";

    public static bool IsTerminating(this V1Pod pod) => pod.Metadata.DeletionTimestamp is not null;

    public static bool IsReady(this V1Pod pod) => pod.Condition("Ready")?.Status == "True";

    public static V1PodCondition? Condition(this V1Pod pod, string type)
        => pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);

    /// <summary>Since when the pod is ready, or null when it is not, or does not say.</summary>
    public static DateTime? ReadySince(this V1Pod pod)
        => pod.Condition("Ready") is { Status: "True" } condition ? condition.LastTransitionTime : null;

    /// <summary>Ready for at least <paramref name="minReadySeconds"/>.</summary>
    public static bool IsAvailable(this V1Pod pod, int minReadySeconds, DateTime now)
        => pod.IsReady() && (minReadySeconds == 0 || pod.AvailableAt(minReadySeconds) <= now);

    /// <summary>When a ready pod becomes available; null when the pod is not ready.</summary>
    public static DateTime? AvailableAt(this V1Pod pod, int minReadySeconds) => pod.ReadySince()?.AddSeconds(minReadySeconds);
}
