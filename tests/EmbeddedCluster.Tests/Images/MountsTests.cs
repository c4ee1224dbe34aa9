using EmbeddedCluster.Images;

namespace EmbeddedCluster.Tests.Images;

public sealed class MountsTests
{
    private static readonly Mounts Mounts = new(new Dictionary<string, string>
    {
        ["/etc/config"] = "/pod/config", ["/etc/config/rules"] = "/pod/rules", ["/data"] = "/pod/data", ["/tmp"] = "/pod/tmp", ["/tmp/extensions/"] = "/pod/extensions",
    });

    [Theory]
    [InlineData("/etc/config/prometheus.yml", "/pod/config/prometheus.yml")]
    [InlineData("/etc/config/rules/a.yml", "/pod/rules/a.yml")]
    [InlineData("/data", "/pod/data")]
    [InlineData("/tmp/extensions", "/pod/extensions")]
    [InlineData("/tmp/extensions/resources", "/pod/extensions/resources")]
    [InlineData("/database", null)]
    [InlineData("/etc/prometheus/prometheus.yml", null)]
    public void A_path_belongs_to_the_deepest_mount(string path, string? expected) => 
        (Mounts.Find(path)?.TrimEnd('/')).Should().Be(expected);
}
