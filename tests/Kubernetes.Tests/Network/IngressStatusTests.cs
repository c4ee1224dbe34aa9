using k8s.Models;
using Kubernetes.Network.Ingress;

namespace Kubernetes.Tests.Network;

/// <summary>The address that an ingress shows, by the type of the controller's service (ingress-nginx, <c>--publish-service</c>).</summary>
public sealed class IngressStatusTests
{
    [Theory]
    [InlineData("NodePort", null, null, "10.96.0.7")]
    [InlineData("NodePort", "192.0.2.1", null, "192.0.2.1")]
    [InlineData("ClusterIP", null, null, "10.96.0.7")]
    [InlineData("LoadBalancer", null, "198.51.100.3", "198.51.100.3")]
    public void It_is_the_services(string type, string? external, string? balanced, string expected) =>
        IngressStatus.Needed(new V1Ingress(), Service(type, external, balanced))!.LoadBalancer.Ingress.Should().ContainSingle().Which.Ip.Should().Be(expected);

    [Fact]
    public void A_load_balancer_that_has_no_address_yet_gives_none()
    {
        IngressStatus.Needed(new V1Ingress(), Service("LoadBalancer", null, null)).Should().BeNull();
        IngressStatus.Needed(new V1Ingress(), null).Should().BeNull();
    }

    [Fact]
    public void What_is_there_already_is_not_written_again()
    {
        var service = Service("NodePort", null, null);

        IngressStatus.Needed(new V1Ingress { Status = IngressStatus.Needed(new V1Ingress(), service) }, service).Should().BeNull();
    }

    private static V1Service Service(string type, string? external, string? balanced) => new()
    {
        Spec = new() { Type = type, ClusterIP = "10.96.0.7", ExternalIPs = external is null ? null : [external] },
        Status = new() { LoadBalancer = new() { Ingress = balanced is null ? null : [new() { Ip = balanced }] } },
    };
}
