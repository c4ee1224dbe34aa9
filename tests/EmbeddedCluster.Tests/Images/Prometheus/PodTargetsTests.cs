using EmbeddedCluster.Images.Prometheus.Discovery;
using k8s.Models;

namespace EmbeddedCluster.Tests.Images.Prometheus;

public sealed class PodTargetsTests
{
    [Fact]
    public void Each_port_of_each_container_is_a_target_and_a_container_without_ports_is_one()
        => PodTargets.Of(Pod()).Select(group => (group.Targets.Single(), group.Labels["__meta_kubernetes_pod_container_name"], group.Labels["__meta_kubernetes_pod_container_init"]))
            .Should().Equal(
                ("127.64.0.9:8080", "web", "false"), ("127.64.0.9:10254", "web", "false"), ("127.64.0.9", "sidecar", "false"), ("127.64.0.9", "prepare", "true"));

    [Fact]
    public void A_target_carries_what_Prometheus_own_discovery_says_of_it()
        => PodTargets.Of(Pod())[1].Labels.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["__meta_kubernetes_namespace"] = "shop",
            ["__meta_kubernetes_pod_name"] = "web-1",
            ["__meta_kubernetes_pod_uid"] = "u",
            ["__meta_kubernetes_pod_ip"] = "127.64.0.9",
            ["__meta_kubernetes_pod_host_ip"] = "127.0.0.1",
            ["__meta_kubernetes_pod_node_name"] = "embedded",
            ["__meta_kubernetes_pod_phase"] = "Running",
            ["__meta_kubernetes_pod_ready"] = "true",
            ["__meta_kubernetes_pod_controller_kind"] = "ReplicaSet",
            ["__meta_kubernetes_pod_controller_name"] = "web",
            ["__meta_kubernetes_pod_label_app_kubernetes_io_name"] = "web",
            ["__meta_kubernetes_pod_labelpresent_app_kubernetes_io_name"] = "true",
            ["__meta_kubernetes_pod_annotation_prometheus_io_scrape"] = "true",
            ["__meta_kubernetes_pod_annotationpresent_prometheus_io_scrape"] = "true",
            ["__meta_kubernetes_pod_container_name"] = "web",
            ["__meta_kubernetes_pod_container_image"] = "web:1",
            ["__meta_kubernetes_pod_container_id"] = "embedded://1",
            ["__meta_kubernetes_pod_container_init"] = "false",
            ["__meta_kubernetes_pod_container_port_number"] = "10254",
            ["__meta_kubernetes_pod_container_port_name"] = "metrics",
            ["__meta_kubernetes_pod_container_port_protocol"] = "TCP",
        });

    [Fact]
    public void A_pod_without_an_address_is_no_target()
    {
        var pod = Pod();
        pod.Status.PodIP = null;
        PodTargets.Of(pod).Should().BeEmpty();
    }

    private static V1Pod Pod() => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = "web-1",
            NamespaceProperty = "shop",
            Uid = "u",
            Labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "web" },
            Annotations = new Dictionary<string, string> { ["prometheus.io/scrape"] = "true" },
            OwnerReferences = [new V1OwnerReference { Kind = "ReplicaSet", Name = "web", Controller = true }],
        },
        Spec = new V1PodSpec
        {
            NodeName = "embedded",
            Containers =
            [
                new V1Container
                {
                    Name = "web",
                    Image = "web:1",
                    Ports = [new V1ContainerPort { ContainerPort = 8080, Name = "http" }, new V1ContainerPort { ContainerPort = 10254, Name = "metrics" }],
                },
                new V1Container { Name = "sidecar", Image = "sidecar:1" },
            ],
            InitContainers = [new V1Container { Name = "prepare", Image = "prepare:1" }],
        },
        Status = new V1PodStatus
        {
            Phase = "Running",
            PodIP = "127.64.0.9",
            HostIP = "127.0.0.1",
            Conditions = [new V1PodCondition { Type = "Ready", Status = "True" }],
            ContainerStatuses = [new V1ContainerStatus { Name = "web", ContainerID = "embedded://1" }],
        },
    };
}
