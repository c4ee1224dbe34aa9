using System.Globalization;
using k8s.Models;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.Scheduling;

/// <summary>Whether a pod's selectors and tolerations let it run on a node (<c>component-helpers/scheduling</c>).</summary>
internal static class NodeFit
{
    private static readonly V1Taint Unschedulable = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };

    /// <summary>What of a node decides where pods go; heartbeats change a node without changing this.</summary>
    public static string Of(V1Node node)
        => string.Join(';',
            node.Spec?.Unschedulable,
            string.Join(',', (node.Status?.Conditions ?? []).Select(condition => $"{condition.Type}={condition.Status}")),
            string.Join(',', (node.Spec?.Taints ?? []).Select(taint => $"{taint.Key}={taint.Value}:{taint.Effect}")),
            string.Join(',', (node.Metadata.Labels ?? new Dictionary<string, string>()).Select(label => $"{label.Key}={label.Value}")),
            string.Join(',', (node.Status?.Allocatable ?? new Dictionary<string, ResourceQuantity>()).Select(pair => $"{pair.Key}={pair.Value}")));

    /// <summary>Node selector and required node affinity.</summary>
    public static bool Selects(V1PodSpec spec, V1Node node)
        => (spec.NodeSelector is not { Count: > 0 } selector || LabelSelection.IsSubsetOf(selector, node.Metadata.Labels))
            && (spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
                || required.NodeSelectorTerms.Any(term => Matches(term, node)));

    /// <summary>Whether a cordoned node is none to the pod.</summary>
    public static bool Cordoned(V1PodSpec spec, V1Node node) => node.Spec?.Unschedulable == true && !Tolerates(spec, Unschedulable);

    /// <summary>The first taint with one of the effects that the pod does not tolerate, or null.</summary>
    public static V1Taint? Untolerated(V1PodSpec spec, V1Node node, params ReadOnlySpan<string> effects)
    {
        foreach (var taint in node.Spec?.Taints ?? [])
        {
            if (effects.Contains(taint.Effect) && !Tolerates(spec, taint))
            {
                return taint;
            }
        }

        return null;
    }

    private static bool Tolerates(V1PodSpec spec, V1Taint taint)
        => (spec.Tolerations ?? []).Any(toleration =>
            (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == taint.Effect)
            && (string.IsNullOrEmpty(toleration.Key) ? toleration.OperatorProperty == "Exists" : toleration.Key == taint.Key)
            && (toleration.OperatorProperty == "Exists" || (toleration.Value ?? "") == (taint.Value ?? "")));

    private static bool Matches(V1NodeSelectorTerm term, V1Node node)
    {
        var fields = new Dictionary<string, string> { ["metadata.name"] = node.Metadata.Name };
        return (term.MatchExpressions is { Count: > 0 } || term.MatchFields is { Count: > 0 }) // an empty term selects no node
            && (term.MatchExpressions ?? []).All(requirement => Holds(requirement, node.Metadata.Labels))
            && (term.MatchFields ?? []).All(requirement => Holds(requirement, fields));
    }

    /// <summary>A node's requirements are those of a label selector, and two that compare numbers.</summary>
    private static bool Holds(V1NodeSelectorRequirement requirement, IDictionary<string, string>? labels)
        => requirement.OperatorProperty switch
        {
            "Gt" => labels is not null && labels.TryGetValue(requirement.Key, out var value) && Compare(value, requirement) > 0,
            "Lt" => labels is not null && labels.TryGetValue(requirement.Key, out var value) && Compare(value, requirement) < 0,
            _ => LabelSelection.Holds(requirement.Key, requirement.OperatorProperty, requirement.Values, labels),
        };

    private static int Compare(string value, V1NodeSelectorRequirement requirement)
        => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(requirement.Values.FirstOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound)
                ? number.CompareTo(bound) : 0;
}
