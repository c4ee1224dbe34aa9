using System.Net;
using EmbeddedCluster.Images.Prometheus;

namespace EmbeddedCluster.Tests.Images.Prometheus;

public sealed class PrometheusArgumentsTests
{
    private static readonly string[] Container =
        ["--storage.tsdb.retention.time=15d", "--config.file=/etc/config/prometheus.yml", "--storage.tsdb.path=/data", "--web.enable-lifecycle"];

    private static readonly IPEndPoint Listen = new(IPAddress.Parse("127.64.0.9"), 19090);

    [Fact]
    public void Places_are_this_machines_and_times_are_real()
        => PrometheusArguments.For(Container, "/pod/prometheus.yml", "/pod/data", Listen, Speed(20)).Should().Equal(
            "--storage.tsdb.retention.time=15d",
            "--web.enable-lifecycle",
            "--config.file=/pod/prometheus.yml",
            "--storage.tsdb.path=/pod/data",
            "--web.listen-address=127.64.0.9:19090",
            "--query.lookback-delta=15000ms",
            "--scrape.discovery-reload-interval=250ms");

    [Fact]
    public void A_lookback_of_the_containers_own_is_scaled_and_never_below_a_second()
    {
        PrometheusArguments.For(["--query.lookback-delta=2m"], "c", "d", Listen, Speed(20)).Should().Contain("--query.lookback-delta=6000ms");
        PrometheusArguments.For([], "c", "d", Listen, Speed(1000)).Should().Contain("--query.lookback-delta=1000ms");
    }

    [Fact]
    public void At_the_real_speed_the_containers_own_times_stay()
        => PrometheusArguments.For(["--query.lookback-delta=2m"], "c", "d", Listen, Speed(1)).Should().Equal(
            "--query.lookback-delta=2m", "--config.file=c", "--storage.tsdb.path=d", "--web.listen-address=127.64.0.9:19090");

    [Theory]
    [InlineData("--web.listen-address=0.0.0.0:9091", 9091)]
    [InlineData("--web.listen-address=:8080", 8080)]
    [InlineData("--web.enable-lifecycle", 9090)]
    public void The_port_is_the_containers(string argument, int port) => PrometheusArguments.Port([argument]).Should().Be(port);

    [Fact]
    public void The_configuration_is_where_the_image_has_it_unless_told()
    {
        PrometheusArguments.ConfigFile(Container).Should().Be("/etc/config/prometheus.yml");
        PrometheusArguments.ConfigFile([]).Should().Be("/etc/prometheus/prometheus.yml");
    }

    private static TimeScale Speed(double speed) => new(DateTimeOffset.FromUnixTimeSeconds(1_000_000), speed);
}
