using FluentAssertions;
using Fixtures.Traffic;

namespace Fixtures.Tests.Traffic;

public sealed class ShareIntervalTests
{
    [Theory]
    [InlineData(48, 240, 0.2)]
    [InlineData(96, 240, 0.4)]
    [InlineData(240, 240, 1.0)]
    [InlineData(0, 240, 0.0)]
    public void The_share_that_was_counted_is_inside(int hits, int trials, double share) =>
        ShareInterval.Of(hits, trials).Contains(share).Should().BeTrue();

    [Theory]
    [InlineData(48, 0.4)]
    [InlineData(96, 0.2)]
    [InlineData(96, 0.6)]
    [InlineData(192, 1.0)]
    [InlineData(48, 0.0)]
    public void With_240_requests_the_neighbouring_weight_is_outside(int hits, double neighbour) =>
        ShareInterval.Of(hits, 240).Contains(neighbour).Should().BeFalse();

    [Fact]
    public void The_bounds_are_those_of_the_formula()
    {
        var interval = ShareInterval.Of(20, 100);

        // (0.2 + z²/200 ± z·√(0.16/100 + z²/40000)) / (1 + z²/100) with z = 3.2905
        interval.Low.Should().BeApproximately(0.1009, 0.0001);
        interval.High.Should().BeApproximately(0.3577, 0.0001);
    }

    [Fact]
    public void More_requests_make_it_narrower() =>
        (ShareInterval.Of(200, 1000) is { } narrow ? narrow.High - narrow.Low : 0).Should().BeLessThan(ShareInterval.Of(20, 100) is { } wide ? wide.High - wide.Low : 0);

    [Fact]
    public void Nothing_counted_tells_nothing() => FluentActions.Invoking(() => ShareInterval.Of(0, 0)).Should().Throw<ArgumentOutOfRangeException>();
}
