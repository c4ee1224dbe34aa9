namespace Kubernetes.Tests.Api;

/// <summary>CronJobs that could never run are refused when they are written.</summary>
public sealed class CronJobValidationTests(ServerFixture api)
{
    [Theory]
    [InlineData("0 4 * * *", "Europe/Berlin")]
    [InlineData("*/5 0-3,6 1 jan mon-fri", null)]
    [InlineData("@hourly", null)]
    [InlineData("@every 90s", null)]
    public async Task A_schedule_is_accepted(string schedule, string? zone) => (await CreateAsync(schedule, zone)).Code.Should().Be(201);

    [Theory]
    [InlineData("", null, "spec.schedule: Required value")]
    [InlineData("* * * *", null, "spec.schedule: Invalid value: \"* * * *\": expected exactly 5 fields, found 4: [* * * *]")]
    [InlineData("61 * * * *", null, "spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59): 61")]
    [InlineData("* * 0 * *", null, "beginning of range (0) below minimum (1): 0")]
    [InlineData("* * * * 7", null, "end of range (7) above maximum (6): 7")]
    [InlineData("* 5-3 * * *", null, "beginning of range (5) beyond end of range (3): 5-3")]
    [InlineData("*/0 * * * *", null, "step of range should be a positive number: */0")]
    [InlineData("1-2-3 * * * *", null, "too many hyphens: 1-2-3")]
    [InlineData("*/1/2 * * * *", null, "too many slashes: */1/2")]
    [InlineData("* * * foo *", null, "failed to parse int from foo: strconv.Atoi: parsing \"foo\": invalid syntax")]
    [InlineData("@never", null, "unrecognized descriptor: @never")]
    [InlineData("TZ=UTC 0 4 * * *", null, "spec.schedule: Invalid value: \"TZ=UTC 0 4 * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead")]
    [InlineData("0 4 * * *", "Mars/Olympus", "spec.timeZone: Invalid value: \"Mars/Olympus\": unknown time zone Mars/Olympus")]
    [InlineData("0 4 * * *", "Local", "spec.timeZone: Invalid value: \"Local\": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones")]
    [InlineData("0 4 * * *", "", "spec.timeZone: Invalid value: \"\": timeZone must be nil or non-empty string")]
    public async Task A_bad_schedule_or_time_zone_is_refused(string schedule, string? zone, string cause)
    {
        var refused = await CreateAsync(schedule, zone);

        refused.Code.Should().Be(422);
        refused.Message.Should().Contain(cause);
    }

    [Fact]
    public async Task The_jobs_template_is_checked_at_its_place()
    {
        var refused = await CreateAsync("0 4 * * *", null, restartPolicy: "Always");

        refused.Code.Should().Be(422);
        refused.Message.Should().Contain("spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"");
    }

    private async Task<Reply> CreateAsync(string schedule, string? zone, string restartPolicy = "Never")
    {
        var space = await api.NewNamespaceAsync();
        var timeZone = zone is null ? "" : $"\"timeZone\":\"{zone}\",";
        return await api.PostAsync($"/apis/batch/v1/namespaces/{space}/cronjobs", $$$$"""
            {"metadata":{"name":"nightly"},"spec":{"schedule":"{{{{schedule}}}}",{{{{timeZone}}}}
             "jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"{{{{restartPolicy}}}}","containers":[{"name":"a","image":"i"}]} } } } } }
            """);
    }
}
