using Fixtures.Recording;

namespace Fixtures.Tests.Recording;

public sealed class CriticalPathTests
{
    [Fact]
    public void Without_declared_waits_all_of_the_time_is_over() => Of(60).Over.Should().Be(Seconds(60));

    [Fact]
    public void A_declared_wait_is_taken_off() => Of(60, (10, 40)).Should().Be(new CriticalPath(Seconds(60), Seconds(30)));

    [Fact]
    public void Waits_at_the_same_time_count_once() => Of(60, (10, 40), (20, 50), (25, 30)).Declared.Should().Be(Seconds(40));

    [Fact]
    public void The_order_in_which_they_are_told_does_not_matter() => Of(60, (40, 50), (0, 10)).Declared.Should().Be(Seconds(20));

    [Fact]
    public void What_goes_on_after_the_scenario_does_not_count() => Of(60, (50, 80), (70, 90)).Declared.Should().Be(Seconds(10));

    private static CriticalPath Of(double took, params IReadOnlyList<(double From, double To)> waits) =>
        CriticalPath.Of(Seconds(took), [.. waits.Select(wait => new DeclaredWait("pause", "pause", Seconds(wait.From), Seconds(wait.To)))]);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
