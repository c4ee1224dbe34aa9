using k8s.Models;
using Kubernetes.Node.Containers;

namespace Kubernetes.Node.Pods;

/// <summary>A pod's status from what its containers do.</summary>
internal static class PodStatusFrom
{
    /// <param name="pod">The pod as last observed.</param>
    /// <param name="conditions">Its conditions so far.</param>
    /// <param name="init">Its init containers.</param>
    /// <param name="containers">Its containers.</param>
    /// <param name="facts">What the node knows of the pod as a whole.</param>
    /// <param name="now">The moment of the observation.</param>
    public static V1PodStatus Observed(
        V1Pod pod,
        IReadOnlyList<V1PodCondition> conditions,
        IReadOnlyList<ContainerSnapshot> init,
        IReadOnlyList<ContainerSnapshot> containers,
        PodFacts facts,
        DateTime now)
    {
        var phase = facts.FailureReason is not null && facts.Terminal ? "Failed" : PodPhase.Of(pod.Spec, init, containers, facts.Terminal);
        return new V1PodStatus
        {
            Phase = phase,
            Reason = facts.FailureReason,
            Message = facts.FailureMessage,
            Conditions = PodConditions.For(pod.Spec, conditions, init, containers, phase, now),
            HostIP = facts.HostIP,
            HostIPs = [new V1HostIP { Ip = facts.HostIP }],
            PodIP = facts.PodIP,
            PodIPs = [new V1PodIP { Ip = facts.PodIP }],
            StartTime = facts.StartTime,
            InitContainerStatuses = init.Count == 0 ? null : [.. init.Select(container => Of(container, isInit: true))],
            ContainerStatuses = [.. containers.Select(container => Of(container, isInit: false))],
            QosClass = pod.Status?.QosClass,
        };
    }

    private static V1ContainerStatus Of(ContainerSnapshot container, bool isInit) => new()
    {
        Name = container.Name,
        Image = container.Image,
        ImageID = container.ImageId,
        ContainerID = container.ContainerId.Length == 0 ? null : container.ContainerId,
        State = container.State,
        LastState = container.LastState,
        RestartCount = container.RestartCount,
        Started = container.State.Running is not null && container.Started,
        Ready = isInit && !container.IsSidecar ? container.Succeeded : container.Ready,
    };
}

/// <summary>What the node knows of a pod as a whole.</summary>
/// <param name="PodIP">The pod's address.</param>
/// <param name="HostIP">The node's address.</param>
/// <param name="StartTime">When the node took the pod on.</param>
/// <param name="Terminal">Everything ended because the pod was told to end.</param>
/// <param name="FailureReason">E.g. <c>DeadlineExceeded</c>, or null.</param>
/// <param name="FailureMessage">The reason in words, or null.</param>
internal sealed record PodFacts(
    string PodIP, string HostIP, DateTime StartTime, bool Terminal = false, string? FailureReason = null, string? FailureMessage = null);
