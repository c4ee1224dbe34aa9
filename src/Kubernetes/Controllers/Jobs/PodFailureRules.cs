using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>A Job's <c>podFailurePolicy</c> (<c>pkg/controller/job/pod_failure_policy.go</c>): rules by exit code or pod condition, first match decides.</summary>
internal static class PodFailureRules
{
    /// <summary>Whether the pod's failure does not count against the limit.</summary>
    public static bool Ignores(V1Job job, V1Pod pod) => Match(job, pod)?.Action == "Ignore";

    /// <summary>Why the pod's failure ends the whole Job, or null.</summary>
    public static string? FailsJob(V1Job job, V1Pod pod) => Match(job, pod) is { Action: "FailJob" } match ? match.Message : null;

    /// <summary>Whether the pod's failure ends the work on its index.</summary>
    public static bool FailsIndex(V1Job job, V1Pod pod) => Match(job, pod)?.Action == "FailIndex";

    private static (string Action, string Message)? Match(V1Job job, V1Pod pod)
    {
        if (pod.Status?.Phase != "Failed")
        {
            return null; // judged when it has ended
        }

        var rules = job.Spec.PodFailurePolicy?.Rules ?? [];
        for (var index = 0; index < rules.Count; index++)
        {
            var rule = rules[index];
            if (rule.OnExitCodes is { } codes && ByExitCode(codes, pod) is { } container)
            {
                var message = $"Container {container.Name} for pod {pod.Metadata.NamespaceProperty}/{pod.Metadata.Name} failed with exit code "
                    + $"{container.State.Terminated.ExitCode} matching {rule.Action} rule at index {index}";
                return (rule.Action, message);
            }

            foreach (var pattern in rule.OnPodConditions ?? [])
            {
                if (pod.Status?.Conditions?.Any(condition => condition.Type == pattern.Type && condition.Status == pattern.Status) == true)
                {
                    return (rule.Action, $"Pod {pod.Metadata.NamespaceProperty}/{pod.Metadata.Name} has condition {pattern.Type} matching {rule.Action} rule at index {index}");
                }
            }
        }

        return null;
    }

    private static V1ContainerStatus? ByExitCode(V1PodFailurePolicyOnExitCodesRequirement requirement, V1Pod pod)
        => (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? [])
            .Where(status => requirement.ContainerName is null || requirement.ContainerName == status.Name)
            .FirstOrDefault(status => status.State?.Terminated is { ExitCode: not 0 } ended
                && requirement.Values.Contains(ended.ExitCode) == (requirement.OperatorProperty == "In"));
}
