using k8s.Models;

namespace Kubernetes.Controllers.DaemonSets;

/// <summary>A DaemonSet's pod: meant for one node, and not to be driven off it (<c>pkg/controller/daemon/util</c>).</summary>
internal static class DaemonPod
{
    public const string HashLabel = "controller-revision-hash";

    private const string GenerationLabel = "pod-template-generation";
    private const string GenerationAnnotation = "deprecated.daemonset.template.generation";
    private const int GeneratedNameBaseLengthMax = 58;

    // AddOrUpdateDaemonPodTolerations
    private static readonly (string Key, string Effect)[] Tolerations =
    [
        ("node.kubernetes.io/not-ready", "NoExecute"), ("node.kubernetes.io/unreachable", "NoExecute"), ("node.kubernetes.io/disk-pressure", "NoSchedule"),
        ("node.kubernetes.io/memory-pressure", "NoSchedule"), ("node.kubernetes.io/pid-pressure", "NoSchedule"), ("node.kubernetes.io/unschedulable", "NoSchedule"),
    ];

    public static string Hash(V1Pod pod) => pod.Metadata.Labels?.TryGetValue(HashLabel, out var hash) == true ? hash : "";

    /// <summary>The node that the pod runs on, or is meant for; null when it is meant for none.</summary>
    public static string? Node(V1Pod pod)
        => !string.IsNullOrEmpty(pod.Spec.NodeName) ? pod.Spec.NodeName
            : (pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [])
                .SelectMany(term => term.MatchFields ?? [])
                .FirstOrDefault(field => field is { Key: "metadata.name", OperatorProperty: "In", Values.Count: 1 })?.Values[0];

    /// <summary>The specification of a pod of the set, for a node or, without one, for asking which nodes it fits.</summary>
    public static V1PodSpec Spec(V1DaemonSet set, string? node = null)
    {
        var spec = Copy.Of(set.Spec.Template.Spec);
        spec.Tolerations = [.. spec.Tolerations ?? [], .. Tolerations.Select(toleration => Tolerate(toleration.Key, toleration.Effect))];
        if (spec.HostNetwork == true)
        {
            spec.Tolerations.Add(Tolerate("node.kubernetes.io/network-unavailable", "NoSchedule"));
        }

        if (node is not null)
        {
            Aim(spec, node);
        }

        return spec;
    }

    public static V1Pod New(V1DaemonSet set, V1OwnerReference controller, string node, string hash)
    {
        var template = Copy.Of(set.Spec.Template);
        var labels = new Dictionary<string, string>(template.Metadata?.Labels ?? new Dictionary<string, string>()) { [HashLabel] = hash };
        if (set.Metadata.Annotations?.TryGetValue(GenerationAnnotation, out var generation) == true)
        {
            labels[GenerationLabel] = generation;
        }

        var prefix = $"{set.Metadata.Name}-";
        return new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                GenerateName = prefix.Length > GeneratedNameBaseLengthMax ? prefix[..GeneratedNameBaseLengthMax] : prefix,
                NamespaceProperty = set.Metadata.NamespaceProperty,
                Labels = labels,
                Annotations = template.Metadata?.Annotations,
                Finalizers = template.Metadata?.Finalizers,
                OwnerReferences = [controller],
            },
            Spec = Spec(set, node),
        };
    }

    // ReplaceDaemonSetPodNodeNameNodeAffinity: the scheduler binds it, and can bind it nowhere else
    private static void Aim(V1PodSpec spec, string node)
    {
        var name = new V1NodeSelectorRequirement { Key = "metadata.name", OperatorProperty = "In", Values = [node] };
        spec.Affinity ??= new V1Affinity();
        spec.Affinity.NodeAffinity ??= new V1NodeAffinity();
        spec.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution =
            new V1NodeSelector { NodeSelectorTerms = [new V1NodeSelectorTerm { MatchFields = [name] }] };
    }

    private static V1Toleration Tolerate(string key, string effect) => new() { Key = key, OperatorProperty = "Exists", Effect = effect };
}
