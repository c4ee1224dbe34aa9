using k8s.Models;

namespace EmbeddedCluster.Images.Prometheus.Discovery;

/// <summary>
/// What Prometheus' own discovery makes of a pod (<c>discovery/kubernetes/pod.go</c>; prometheus.io, Configuration: role <c>pod</c>): a target
/// for each port of each container, one without port for a container that declares none, with the <c>__meta_kubernetes_*</c> labels.
/// </summary>
internal static class PodTargets
{
    private const string Meta = "__meta_kubernetes_";

    /// <summary>The pod's targets; none while it has no address.</summary>
    public static IReadOnlyList<TargetGroup> Of(V1Pod pod)
    {
        if (string.IsNullOrEmpty(pod.Status?.PodIP))
        {
            return [];
        }

        var common = Labels(pod);
        return
        [
            .. (pod.Spec.Containers ?? []).SelectMany(container => Of(pod, container, pod.Status.ContainerStatuses, init: false, common)),
            .. (pod.Spec.InitContainers ?? []).SelectMany(container => Of(pod, container, pod.Status.InitContainerStatuses, init: true, common)),
        ];
    }

    /// <summary>A name as it may stand in a label's: anything else is an underscore.</summary>
    public static string Sanitize(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static IEnumerable<TargetGroup> Of(
        V1Pod pod, V1Container container, IList<V1ContainerStatus>? statuses, bool init, Dictionary<string, string> common)
    {
        var labels = new Dictionary<string, string>(common)
        {
            [Meta + "pod_container_name"] = container.Name,
            [Meta + "pod_container_image"] = container.Image ?? "",
            [Meta + "pod_container_id"] = statuses?.FirstOrDefault(status => status.Name == container.Name)?.ContainerID ?? "",
            [Meta + "pod_container_init"] = init ? "true" : "false",
        };
        if (container.Ports is null or { Count: 0 })
        {
            return [new TargetGroup([pod.Status.PodIP], labels)];
        }

        return container.Ports.Select(port => new TargetGroup(
            [$"{pod.Status.PodIP}:{port.ContainerPort}"],
            new Dictionary<string, string>(labels)
            {
                [Meta + "pod_container_port_number"] = $"{port.ContainerPort}",
                [Meta + "pod_container_port_name"] = port.Name ?? "",
                [Meta + "pod_container_port_protocol"] = port.Protocol ?? "TCP",
            }));
    }

    private static Dictionary<string, string> Labels(V1Pod pod)
    {
        var labels = new Dictionary<string, string>
        {
            [Meta + "namespace"] = pod.Metadata.NamespaceProperty,
            [Meta + "pod_name"] = pod.Metadata.Name,
            [Meta + "pod_uid"] = pod.Metadata.Uid ?? "",
            [Meta + "pod_ip"] = pod.Status.PodIP,
            [Meta + "pod_host_ip"] = pod.Status.HostIP ?? "",
            [Meta + "pod_node_name"] = pod.Spec.NodeName ?? "",
            [Meta + "pod_phase"] = pod.Status.Phase ?? "",
            [Meta + "pod_ready"] = Ready(pod),
        };
        if (pod.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true) is { } controller)
        {
            labels[Meta + "pod_controller_kind"] = controller.Kind;
            labels[Meta + "pod_controller_name"] = controller.Name;
        }

        Add("label", pod.Metadata.Labels);
        Add("annotation", pod.Metadata.Annotations);
        return labels;

        void Add(string what, IDictionary<string, string>? values)
        {
            foreach (var (name, value) in values ?? new Dictionary<string, string>())
            {
                labels[$"{Meta}pod_{what}_{Sanitize(name)}"] = value;
                labels[$"{Meta}pod_{what}present_{Sanitize(name)}"] = "true";
            }
        }
    }

    private static string Ready(V1Pod pod)
        => pod.Status.Conditions?.FirstOrDefault(condition => condition.Type == "Ready")?.Status.ToLowerInvariant() ?? "unknown";
}
