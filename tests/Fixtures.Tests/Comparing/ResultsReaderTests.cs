using Fixtures.Comparing;
using Fixtures.Reporting;
using Fixtures.Tests.Reporting;

namespace Fixtures.Tests.Comparing;

/// <summary>What can be read, and what is said of what cannot.</summary>
public sealed class ResultsReaderTests
{
    private const string Rest = "\"scenarios\": []";

    [Fact]
    public void What_a_run_writes_is_read()
    {
        var run = SampleRun.Mixed;

        var results = ResultsReader.Parse(ResultsJson.Of(run), "results.json");

        results.Run.Id.Should().Be(run.Id);
        results.Rows.Should().HaveCount(TutorialRows.All.Count);
        results.Scenarios.Select(scenario => scenario.Id).Should().Equal(run.Scenarios.Select(scenario => scenario.Info.Id));
        results.Scenarios.Select(scenario => scenario.CriticalPath.OverSeconds).Should().Equal(run.Scenarios.Select(scenario => scenario.CriticalPath.Over.TotalSeconds));
    }

    [Theory]
    [InlineData("", "it.json: is not the results of a run*")]
    [InlineData("null", "it.json: is null, not the results of a run")]
    [InlineData("[]", "it.json: is not the results of a run*")]
    [InlineData("{\"openapi\": \"3.0\"}", "it.json: is not the results of a run (docs/results.schema.json): *'run', 'rows', 'scenarios'*")]
    [InlineData("{\"run\": {\"id\": \"a\", \"failure\": null, \"target\": null, \"versions\": null, \"speed\": null}, \"rows\": {}, " + Rest + "}", "it.json: has no rows")]
    [InlineData(
        "{\"run\": {\"id\": \"a\", \"failure\": null, \"target\": null, \"versions\": null, \"speed\": null}, \"rows\": {\"R1\": {\"verdict\": \"green\", \"promise\": \"\", \"scenarios\": []}}, " + Rest + "}",
        "it.json: R1 has the verdict 'green'; there are passed, failed, skipped, not covered, not reached")]
    public void What_is_no_run_is_refused_with_the_reason(string text, string message)
    {
        var act = () => ResultsReader.Parse(text, "it.json");

        act.Should().Throw<ComparisonException>().WithMessage(message);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var act = () => ResultsReader.ReadAsync("/nowhere/results.json", TestContext.Current.CancellationToken);

        await act.Should().ThrowAsync<ComparisonException>().WithMessage("/nowhere/results.json: *");
    }
}
