using System.Text.Json.Nodes;
using System.Xml.Linq;
using Fixtures.Recording;
using Fixtures.Reporting;
using Fixtures.Reporting.Terminal;
using Fixtures.Running;
using Fixtures.Stages;

namespace Fixtures.Tests.Reporting;

public sealed class RepetitionTests
{
    [Fact]
    public void A_scenario_and_its_rows_fail_when_one_repetition_failed()
    {
        SampleRun.Repeated.ByScenario.Should().ContainSingle().Which.Should().Match<Repetitions>(
            scenario => scenario.Id == "BG-05" && scenario.Verdict == Verdict.Failed && scenario.Tally == "passed 2 of 3" && scenario.Telling.Info.RunId == "BG-05-2");
        RowVerdicts.Of(SampleRun.Repeated).Single(row => row.Id == "R10").Verdict.Should().Be(Verdict.Failed);
        SampleRun.Repeated.Count(Verdict.Failed).Should().Be(1);
        SampleRun.Green.ByScenario.Single().Tally.Should().BeNull();
    }

    [Fact]
    public void Every_repetition_is_in_the_results_and_its_scenario_once_in_the_row()
    {
        var results = JsonNode.Parse(ResultsJson.Of(SampleRun.Repeated))!;

        results["run"]!["repeat"]!.GetValue<int>().Should().Be(3);
        results["scenarios"]!.AsArray().Select(scenario => $"{scenario!["id"]} {scenario["repetition"]} {scenario["verdict"]}")
            .Should().Equal("BG-05 1 passed", "BG-05 2 failed", "BG-05 3 passed");
        results["rows"]!["R10"]!["scenarios"]!.AsArray().Select(id => id!.ToString()).Should().Equal("BG-05");
    }

    [Fact]
    public void Every_repetition_is_a_suite_of_JUnit() =>
        XDocument.Parse(JUnitXml.Of(SampleRun.Repeated)).Root!.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value.Split(' ')[0])
            .Should().Equal("BG-05-1", "BG-05-2", "BG-05-3");

    [Fact]
    public void The_page_has_a_scenario_once_and_draws_the_repetition_that_failed()
    {
        var page = IndexPage.Of(SampleRun.Repeated);

        page.Should().Contain("Failed: 1 of 1 scenarios, 3 times each").And.Contain("passed 2 of 3 repetitions; shown is BG-05-2");
        page.Split("id=\"BG-05\"").Should().HaveCount(2);
    }

    [Fact]
    public void The_terminal_tells_how_many_passed_of_what_failed()
    {
        var output = new StringWriter();

        new PlainView(output).RunEnded(SampleRun.Repeated, new RunFolder("1", "artifacts/1", "tmp"));

        output.ToString().Should().Contain("repeated  3 times each: 2 of 3 passed\n          BG-05 passed 2 of 3\n");
    }

    [Fact]
    public void The_names_of_repetitions_do_not_collide()
    {
        var names = Enumerable.Range(1, 3).Select(number => StageNames.Tutorial("blue-green", "app/blue-green").Repeated(number)).ToList();

        names.Select(name => name.Namespace).Should().Equal("blue-green-1", "blue-green-2", "blue-green-3");
        names.SelectMany(name => new[] { name.ActiveHost, name.PreviewHost }).Should().OnlyHaveUniqueItems();
    }
}
