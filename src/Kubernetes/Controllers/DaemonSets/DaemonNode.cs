using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.DaemonSets;

/// <summary>One node as a DaemonSet sees it.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="ShouldRun">A pod of the set belongs there.</param>
/// <param name="ShouldContinue">A pod that runs there may stay.</param>
/// <param name="Pods">The set's pods there, oldest first.</param>
internal sealed record DaemonNode(string Name, bool ShouldRun, bool ShouldContinue, IReadOnlyList<V1Pod> Pods)
{
    /// <summary>The pods that are neither finished nor going.</summary>
    public IReadOnlyList<V1Pod> Active { get; } = [.. Pods.Where(pod => pod.IsActive())];
}
