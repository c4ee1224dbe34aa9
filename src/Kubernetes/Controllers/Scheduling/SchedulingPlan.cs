using System.Globalization;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Scheduling;

/// <summary>On which node a pod runs, or why on none, in kube-scheduler's words.</summary>
/// <param name="NodeName">The node, or null.</param>
/// <param name="Message">Why none fits, or null.</param>
internal sealed record SchedulingPlan(string? NodeName, string? Message)
{
    private static readonly (string Resource, string Reason)[] Counted = [("cpu", "Insufficient cpu"), ("memory", "Insufficient memory")];

    /// <param name="pod">The pod.</param>
    /// <param name="nodes">Every node.</param>
    /// <param name="pods">Every pod.</param>
    /// <param name="obstacle">What keeps the pod from every node, or null.</param>
    public static SchedulingPlan For(V1Pod pod, IReadOnlyList<V1Node> nodes, IReadOnlyList<V1Pod> pods, string? obstacle = null)
    {
        if (nodes.Count == 0)
        {
            return new SchedulingPlan(null, "no nodes available to schedule pods");
        }

        if (obstacle is not null)
        {
            return new SchedulingPlan(null, $"0/{nodes.Count} nodes are available: {obstacle}.");
        }

        var refusals = new SortedDictionary<string, int>(StringComparer.Ordinal);
        V1Node? best = null;
        var fewest = int.MaxValue;
        foreach (var node in nodes)
        {
            var there = pods.Where(other => other.Spec.NodeName == node.Metadata.Name && !other.IsFinished()).ToList();
            if (Refusal(pod, node, there) is { } reason)
            {
                refusals[reason] = refusals.GetValueOrDefault(reason) + 1;
            }
            else if (there.Count < fewest)
            {
                (best, fewest) = (node, there.Count);
            }
        }

        if (best is not null)
        {
            return new SchedulingPlan(best.Metadata.Name, null);
        }

        var reasons = string.Join(", ", refusals.Select(refusal => $"{refusal.Value.ToString(CultureInfo.InvariantCulture)} {refusal.Key}"));
        return new SchedulingPlan(null, $"0/{nodes.Count} nodes are available: {reasons}.");
    }

    private static string? Refusal(V1Pod pod, V1Node node, List<V1Pod> there)
    {
        if (NodeFit.Cordoned(pod.Spec, node))
        {
            return "node(s) were unschedulable";
        }

        if (!(node.Status?.Conditions ?? []).Any(condition => condition is { Type: "Ready", Status: "True" }))
        {
            return "node(s) had untolerated taint {node.kubernetes.io/not-ready: }";
        }

        if (NodeFit.Untolerated(pod.Spec, node, "NoSchedule", "NoExecute") is { } taint)
        {
            return $"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}";
        }

        if (!NodeFit.Selects(pod.Spec, node))
        {
            return "node(s) didn't match Pod's node affinity/selector";
        }

        if (there.Count + 1 > Allocatable(node, "pods"))
        {
            return "Too many pods";
        }

        return Counted.FirstOrDefault(counted => PodRequests.Of(pod, counted.Resource) is > 0 and var wanted
            && there.Sum(other => PodRequests.Of(other, counted.Resource)) + wanted > Allocatable(node, counted.Resource)).Reason;
    }

    private static decimal Allocatable(V1Node node, string resource)
        => node.Status?.Allocatable is { } allocatable && allocatable.TryGetValue(resource, out var quantity) ? quantity.ToDecimal() : decimal.MaxValue;
}
