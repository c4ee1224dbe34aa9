using Kubernetes.Schedules;

namespace Kubernetes.Tests.Controllers.CronJobs;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("*/5 * * * *", null, "2026-01-02T03:05:00")]
    [InlineData("@hourly", null, "2026-01-02T04:00:00")]
    [InlineData("@every 1m30s", null, "2026-01-02T03:05:35")]
    [InlineData("0 9 * * *", "Europe/Berlin", "2026-01-02T08:00:00")]
    [InlineData("30 1 * * mon-fri", null, "2026-01-05T01:30:00")]
    [InlineData("0 0 13 * 5", null, "2026-01-09T00:00:00")] // the 13th or a Friday
    public void The_next_time_is_upstreams(string schedule, string? zone, string next)
        => CronSchedule.Parse(schedule, zone).Next(Objects.Now).Should().Be(DateTime.Parse(next, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("* * *", null, "expected exactly 5 fields, found 3: [* * *]")]
    [InlineData("* * * * *", "Mars/Base", "unknown time zone Mars/Base")]
    [InlineData("@every soon", null, "*invalid duration*")]
    [InlineData("99 * * * *", null, "*")]
    public void What_is_no_schedule_is_refused(string schedule, string? zone, string message)
        => FluentActions.Invoking(() => CronSchedule.Parse(schedule, zone)).Should().Throw<FormatException>().WithMessage(message);
}
