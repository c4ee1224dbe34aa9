using System.Runtime.Versioning;

namespace EmbeddedCluster.Tests.Images.Prometheus;

[UnsupportedOSPlatform("windows")]
public sealed class PrometheusWithoutDiscoveryTests(PrometheusWithoutDiscovery prometheus) : IClassFixture<PrometheusWithoutDiscovery>
{
    [Fact]
    public async Task Pods_are_discovered_for_a_build_that_cannot_itself_with_the_same_labels()
    {
        var (_, answer) = await prometheus.AskAsync("/api/v1/targets", ("state", "active"));

        prometheus.Log.Should().Contain("was built without Kubernetes discovery: pods are discovered for it");
        var target = answer["data"]!["activeTargets"]!.AsArray().Should().ContainSingle().Which!;
        ((string)target["scrapeUrl"]!).Should().EndWith("/custom-metrics");
        ((string)target["health"]!).Should().Be("up");
        ((string)target["labels"]!["namespace"]!).Should().Be("shop");
        ((string)target["labels"]!["pod"]!).Should().Be("web");
        ((string)target["discoveredLabels"]!["__meta_kubernetes_pod_annotation_prometheus_io_scrape"]!).Should().Be("true");
    }
}
