using EmbeddedCluster.Images.Prometheus;

namespace EmbeddedCluster.Tests.Images.Prometheus;

public sealed class MountsTests
{
    private static readonly Mounts Mounts = new(new Dictionary<string, string>
    {
        ["/etc/config"] = "/pod/config", ["/etc/config/rules"] = "/pod/rules", ["/data"] = "/pod/data",
    });

    [Theory]
    [InlineData("/etc/config/prometheus.yml", "/pod/config/prometheus.yml")]
    [InlineData("/etc/config/rules/a.yml", "/pod/rules/a.yml")]
    [InlineData("/data", "/pod/data")]
    [InlineData("/database", null)]
    [InlineData("/etc/prometheus/prometheus.yml", null)]
    public void A_path_belongs_to_the_deepest_mount(string path, string? expected) => Mounts.Find(path).Should().Be(expected);
}
