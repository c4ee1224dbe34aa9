using Fixtures.Recording;
using Fixtures.Reporting;
using Fixtures.Reporting.Nightly;

namespace Fixtures.Tests.Reporting;

/// <summary>The page over all runs of a night, from the results.json that runs write.</summary>
public sealed class NightTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("night-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_night_is_green_when_every_run_of_the_matrix_passed()
    {
        Left("one", ResultsJson.Of(Run(Verdict.Passed)));
        Left("two", ResultsJson.Of(Run(Verdict.Passed)));

        var night = await Night.ReadAsync(_folder, ["one", "two"]);

        night.Should().OnlyContain(run => run.IsGreen).And.HaveCount(2);
        NightMarkdown.Of(night).Should().StartWith("# The night is green: 2 runs\n").And.Contain("| one | ✅ passed | 1 | 0 | 0 |");
    }

    [Fact]
    public async Task A_red_scenario_is_told_with_the_cells_that_it_is_red_on()
    {
        Left("one", ResultsJson.Of(Run(Verdict.Failed)));
        Left("two", ResultsJson.Of(Run(Verdict.Failed)));
        Left("three", ResultsJson.Of(Run(Verdict.Passed)));

        NightMarkdown.Of(await Night.ReadAsync(_folder, ["one", "two", "three"])).Should()
            .StartWith("# The night is red: 2 of 3 runs\n").And.Contain($"| {SampleRun.Promotion.Id} | one, two |");
    }

    [Fact]
    public async Task A_run_that_left_nothing_readable_is_red()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "night-empty"));
        Left("broken", "{ \"run\": ");

        var night = await Night.ReadAsync(_folder, ["gone", "empty", "broken"]);

        night.Select(run => run.Verdict).Should().Equal("missing", "missing", "missing");
        NightMarkdown.Of(night).Should().Contain("gone: its job left no artifact").And.Contain("empty: its artifact has no results.json").And.Contain("broken: its results.json cannot be read");
    }

    [Fact]
    public async Task A_run_that_nobody_expected_counts_too()
    {
        Left("extra", ResultsJson.Of(Run(Verdict.Failed)));

        (await Night.ReadAsync(_folder, [])).Should().ContainSingle(run => run.Name == "extra" && !run.IsGreen);
    }

    private static RunRecord Run(Verdict verdict) =>
        SampleRun.Run([verdict == Verdict.Failed ? SampleRun.Failed(SampleRun.Promotion) : SampleRun.Passed(SampleRun.Promotion)]);

    private void Left(string name, string results) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, $"night-{name}", "20261123-020000")).FullName, "results.json"), results);
}
