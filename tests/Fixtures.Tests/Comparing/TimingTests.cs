using Fixtures.Comparing;

namespace Fixtures.Tests.Comparing;

/// <summary>What is noise and what is not.</summary>
public sealed class TimingTests
{
    [Theory]
    [InlineData(10, 45, 20, 0)] // 35 s of the cluster are 1.75 s of the wall: a busy machine
    [InlineData(10, 60, 20, 1)]
    [InlineData(60, 10, 20, -1)]
    [InlineData(10, 60, 1, 1)]
    [InlineData(300, 400, 1, 0)] // not twice as much
    [InlineData(0.5, 1.8, 1, 0)] // more than twice, of nothing
    public void A_single_run_must_differ_by_a_ratio_and_by_seconds(double before, double after, double speed, int change)
        => Timing.Of([before], [after], speed)!.Change.Should().Be(change);

    [Theory]
    [InlineData(new[] { 300.0, 310, 320 }, new[] { 380.0, 390, 400 }, 1)]
    [InlineData(new[] { 300.0, 310, 390 }, new[] { 380.0, 390, 400 }, 0)]
    [InlineData(new[] { 380.0, 390, 400 }, new[] { 300.0, 310, 320 }, -1)]
    [InlineData(new[] { 300.0, 310, 320 }, new[] { 321.0, 322, 323 }, 0)] // apart, by less than a busy machine does
    public void Repetitions_must_not_overlap(double[] before, double[] after, int change)
        => Timing.Of(before, after, 20)!.Change.Should().Be(change);

    [Fact]
    public void Medians_are_told()
    {
        Timing.Of([1, 9, 3], [4, 2], 1).Should().Be(new Timing(3, 3, 0));
        Timing.Of([], [1], 1).Should().BeNull();
    }
}
