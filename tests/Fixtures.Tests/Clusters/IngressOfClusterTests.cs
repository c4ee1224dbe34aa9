using Fixtures.Clusters.Kubeconfig;
using k8s.Models;

namespace Fixtures.Tests.Clusters;

public sealed class IngressOfClusterTests
{
    private static readonly V1Node Node = new()
    {
        Metadata = new V1ObjectMeta { Name = "node" },
        Status = new V1NodeStatus { Addresses = [new V1NodeAddress { Type = "Hostname", Address = "node" }, new V1NodeAddress { Type = "InternalIP", Address = "10.0.0.7" }] },
    };

    [Fact]
    public void A_load_balancer_is_asked_before_the_nodes()
        => IngressOfCluster.Of(Service(nodePort: 30080, balancer: "192.0.2.9"), [Node]).Select(way => way.ToString()).Should().Equal("192.0.2.9:80", "10.0.0.7:30080");

    [Fact]
    public void Without_one_a_node_is_asked_at_the_node_port()
        => IngressOfCluster.Of(Service(nodePort: 30080, balancer: null), [Node]).Select(way => way.ToString()).Should().Equal("10.0.0.7:30080");

    [Fact]
    public void A_service_inside_the_cluster_alone_is_no_way_in()
        => IngressOfCluster.Of(Service(nodePort: null, balancer: null), [Node]).Should().BeEmpty();

    private static V1Service Service(int? nodePort, string? balancer) => new()
    {
        Metadata = new V1ObjectMeta { Name = "ingress-nginx-controller" },
        Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Name = "https", Port = 443 }, new V1ServicePort { Name = "http", Port = 80, NodePort = nodePort }] },
        Status = balancer is null ? null : new V1ServiceStatus { LoadBalancer = new V1LoadBalancerStatus { Ingress = [new V1LoadBalancerIngress { Ip = balancer }] } },
    };
}
