using k8s.Models;
using Kubernetes.Node.Containers;

namespace Kubernetes.Node.Pods;

/// <summary>A pod's phase from its containers (<c>kubelet_pods.go</c>, <c>getPhase</c>).</summary>
internal static class PodPhase
{
    public static string Of(V1PodSpec spec, IReadOnlyList<ContainerSnapshot> init, IReadOnlyList<ContainerSnapshot> containers, bool terminal)
    {
        if (init.Any(container => !container.IsSidecar && container.State.Terminated is { ExitCode: not 0 } && container.Finished))
        {
            return "Failed";
        }

        if (terminal)
        {
            return containers.All(container => container.Succeeded) && containers.Count > 0 ? "Succeeded" : "Failed";
        }

        if (init.Any(container => !container.Initialized))
        {
            return "Pending";
        }

        var waiting = containers.Count(container => container.State.Waiting is not null && container.LastState.Terminated is null);
        var running = containers.Count(container => container.State.Running is not null);
        var stopped = containers.Count - waiting - running;
        if (waiting > 0)
        {
            return stopped > 0 ? "Running" : "Pending";
        }

        if (running > 0 || spec.RestartPolicy is null or "Always")
        {
            return "Running";
        }

        if (containers.All(container => container.Succeeded))
        {
            return "Succeeded";
        }

        return spec.RestartPolicy == "Never" && containers.All(container => container.Finished) ? "Failed" : "Running";
    }
}
