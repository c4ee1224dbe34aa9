using ArgoCd.Comparison;

namespace ArgoCd.Tests.Comparison;

public sealed class TrackingIdTests
{
    [Theory]
    [InlineData("web:apps/Deployment:shop/a")]
    [InlineData("web:/Service:shop/a")]
    [InlineData("ns_web:rbac.authorization.k8s.io/ClusterRole:shop/system:node")]
    public void An_id_is_read_as_it_was_written(string text) => TrackingId.Parse(text)!.ToString().Should().Be(text);

    [Theory]
    [InlineData("web")]
    [InlineData("web:Service:shop/a")]
    [InlineData("web:/Service:a")]
    public void A_malformed_id_is_none(string text) => TrackingId.Parse(text).Should().BeNull();

    [Fact]
    public void A_cluster_scoped_object_is_tracked_with_the_namespace_of_the_destination()
        => TrackingId.For(Yaml.Object("{apiVersion: v1, kind: Namespace, metadata: {name: other}}"), "web", "shop").ToString().Should().Be("web:/Namespace:shop/other");
}
