using Microsoft.Extensions.Time.Testing;

namespace EmbeddedCluster.Tests;

public sealed class ScaledTimeProviderTests
{
    private readonly FakeTimeProvider _real = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_clock_starts_at_the_real_time_and_runs_ahead_of_it()
    {
        var clock = new ScaledTimeProvider(10, _real);
        var start = clock.GetTimestamp();
        clock.GetUtcNow().Should().Be(_real.GetUtcNow());

        _real.Advance(TimeSpan.FromSeconds(3));

        clock.GetUtcNow().Should().Be(new DateTimeOffset(2026, 1, 1, 0, 0, 30, TimeSpan.Zero));
        clock.GetElapsedTime(start).Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_clock_follows_another_of_the_same_speed_from_one_of_its_readings()
    {
        var at = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(10);
        var reading = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        new ScaledTimeProvider(20, at, reading).GetUtcNow().Should().BeCloseTo(reading.AddSeconds(200), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Delays_pass_that_much_sooner_and_never_early()
    {
        var clock = new ScaledTimeProvider(10, _real);
        var delay = Task.Delay(TimeSpan.FromSeconds(30), clock, TestContext.Current.CancellationToken);

        _real.Advance(TimeSpan.FromSeconds(2.9));
        delay.IsCompleted.Should().BeFalse();
        _real.Advance(TimeSpan.FromSeconds(0.1));
        await delay;
    }

    [Fact]
    public void A_periodic_timer_keeps_its_scaled_period_after_a_change()
    {
        var clock = new ScaledTimeProvider(4, _real);
        var ticks = 0;
        using var timer = clock.CreateTimer(_ => ticks++, null, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4));

        _real.Advance(TimeSpan.FromSeconds(3));
        ticks.Should().Be(3);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromSeconds(3));
        ticks.Should().Be(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_speed_that_stands_or_runs_backwards_is_refused(double speed)
        => FluentActions.Invoking(() => new ScaledTimeProvider(speed)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("must be greater than 0*");
}
