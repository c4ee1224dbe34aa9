using EmbeddedCluster.Images.Prometheus;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedCluster.Tests.Images.Prometheus;

public sealed class TimeScaleTests
{
    private static readonly TimeScale TwentyTimes = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000), 20);

    [Theory]
    [InlineData(1_000_000, 1_000_000)]
    [InlineData(1_000_060, 1_000_003)]
    [InlineData(999_980, 999_999)]
    public void Moments_agree_at_the_start_and_spread_from_there(double cluster, double real)
    {
        TwentyTimes.ToReal(cluster).Should().BeApproximately(real, 1e-6);
        TwentyTimes.ToCluster(real).Should().BeApproximately(cluster, 1e-6);
    }

    [Theory]
    [InlineData(60_000, 3_000)]
    [InlineData(10, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void A_span_is_never_shortened_to_nothing(double clusterMilliseconds, double realMilliseconds)
        => TwentyTimes.ToReal(TimeSpan.FromMilliseconds(clusterMilliseconds)).Should().Be(TimeSpan.FromMilliseconds(realMilliseconds));

    [Fact]
    public void The_scale_is_that_of_the_clusters_clock()
    {
        var below = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_000_000));
        var clock = new ScaledTimeProvider(20, below);
        below.Advance(TimeSpan.FromSeconds(3));

        TimeScale.Of(clock).Should().Be(TwentyTimes);
        TimeScale.Of(clock).ToCluster(below.GetUtcNow().ToUnixTimeSeconds()).Should().Be(clock.GetUtcNow().ToUnixTimeSeconds());
        TimeScale.Of(below).IsReal.Should().BeTrue();
    }
}
