using k8s.Models;
using Kubernetes.Node.Containers;

namespace Kubernetes.Node.Pods;

/// <summary>The conditions that a kubelet keeps on a pod (<c>pkg/kubelet/status/generate.go</c>).</summary>
internal static class PodConditions
{
    private static readonly HashSet<string> Own = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];

    /// <summary>Whether the kubelet, and nobody else, keeps the condition.</summary>
    public static bool IsOwn(V1PodCondition condition) => Own.Contains(condition.Type);

    /// <param name="spec">The pod's specification.</param>
    /// <param name="before">The conditions so far: others' are kept, and times of those that do not change.</param>
    /// <param name="init">Its init containers.</param>
    /// <param name="containers">Its containers.</param>
    /// <param name="phase">Its phase.</param>
    /// <param name="now">The moment of the observation.</param>
    public static IList<V1PodCondition> For(
        V1PodSpec spec,
        IReadOnlyList<V1PodCondition> before,
        IReadOnlyList<ContainerSnapshot> init,
        IReadOnlyList<ContainerSnapshot> containers,
        string phase,
        DateTime now)
    {
        var foreign = before.Where(condition => !IsOwn(condition)).ToList();
        var containersReady = ContainersReady([.. init.Where(container => container.IsSidecar), .. containers], phase);
        List<V1PodCondition> own =
        [
            New("PodReadyToStartContainers", phase is "Succeeded" or "Failed" ? "False" : "True"),
            Initialized(init, phase),
            Ready(spec, containersReady, foreign),
            containersReady,
            New("PodScheduled", "True"),
        ];
        foreach (var condition in own)
        {
            var known = before.FirstOrDefault(other => other.Type == condition.Type);
            condition.LastTransitionTime = known?.Status == condition.Status ? known.LastTransitionTime : now;
        }

        return [.. own, .. foreign];
    }

    private static V1PodCondition Initialized(IReadOnlyList<ContainerSnapshot> init, string phase)
    {
        var incomplete = init.Where(container => !container.Initialized).Select(container => container.Name).ToList();
        return phase != "Succeeded" && incomplete.Count > 0
            ? New("Initialized", "False", "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', incomplete)}]")
            : New("Initialized", "True", phase == "Succeeded" ? "PodCompleted" : null);
    }

    private static V1PodCondition ContainersReady(IReadOnlyList<ContainerSnapshot> containers, string phase)
    {
        if (phase == "Succeeded")
        {
            return New("ContainersReady", "False", "PodCompleted");
        }

        if (phase == "Failed")
        {
            return New("ContainersReady", "False", "PodFailed");
        }

        var unready = containers.Where(container => !container.Ready).Select(container => container.Name).ToList();
        return unready.Count > 0
            ? New("ContainersReady", "False", "ContainersNotReady", $"containers with unready status: [{string.Join(' ', unready)}]")
            : New("ContainersReady", "True");
    }

    private static V1PodCondition Ready(V1PodSpec spec, V1PodCondition containersReady, List<V1PodCondition> foreign)
    {
        if (containersReady.Status != "True")
        {
            return New("Ready", "False", containersReady.Reason, containersReady.Message);
        }

        var closed = new List<string>();
        foreach (var gate in spec.ReadinessGates ?? [])
        {
            var condition = foreign.Find(other => other.Type == gate.ConditionType);
            if (condition is null)
            {
                closed.Add($"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist.");
            }
            else if (condition.Status != "True")
            {
                closed.Add($"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", but {condition.Status}");
            }
        }

        return closed.Count > 0 ? New("Ready", "False", "ReadinessGatesNotReady", string.Join(", ", closed)) : New("Ready", "True");
    }

    private static V1PodCondition New(string type, string status, string? reason = null, string? message = null)
        => new() { Type = type, Status = status, Reason = reason, Message = message };
}
