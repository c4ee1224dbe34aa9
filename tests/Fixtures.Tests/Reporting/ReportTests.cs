using System.Text.Json.Nodes;
using System.Xml.Linq;
using Fixtures.Recording;
using Fixtures.Reporting;

namespace Fixtures.Tests.Reporting;

public sealed class ReportTests
{
    [Fact]
    public void Every_row_of_the_tutorial_is_in_the_results_by_its_id()
    {
        var rows = JsonNode.Parse(ResultsJson.Of(SampleRun.Mixed))!["rows"]!.AsObject();

        rows.Select(row => row.Key).Should().Equal(Enumerable.Range(1, 25).Select(number => $"R{number}"));
        rows["R10"]!["verdict"]!.ToString().Should().Be("passed");
        rows["R11"]!["verdict"]!.ToString().Should().Be("failed");
        rows["R20"]!["verdict"]!.ToString().Should().Be("skipped");
        rows["R1"]!["verdict"]!.ToString().Should().Be("not covered");
        rows["R16"]!["notRun"]!.AsArray().Select(id => id!.ToString()).Should().Equal("AJ-01");
    }

    [Fact]
    public void The_results_begin_with_where_and_what_was_run()
    {
        var header = JsonNode.Parse(ResultsJson.Of(SampleRun.Green))!["run"]!;

        JsonNode.DeepEquals(
            header,
            JsonNode.Parse(
                """
                {
                  "id": "20260101-120000", "verdict": "passed", "failure": null, "target": "embedded",
                  "versions": { "Argo Rollouts": "v1.9.1", "Argo CD": "v3.5.1" }, "speed": 10, "repeat": 1, "seed": 4711,
                  "started": "2026-01-01T12:00:00.0000000+00:00", "wallSeconds": 7.5, "scenarioWallSeconds": 6.1, "processorSeconds": null, "programsProcessorSeconds": null, "clusterReadySeconds": 1.23
                }
                """)).Should().BeTrue();
    }

    [Fact]
    public void A_run_passes_only_when_something_ran_and_nothing_failed()
    {
        SampleRun.Green.Verdict.Should().Be(Verdict.Passed);
        SampleRun.Mixed.Verdict.Should().Be(Verdict.Failed);
        SampleRun.Run([]).Verdict.Should().Be(Verdict.Failed);
        SampleRun.Run([SampleRun.Passed(SampleRun.Promotion)], "stopped").Verdict.Should().Be(Verdict.Failed);
        SampleRun.Run([SampleRun.Passed(SampleRun.Promotion), SampleRun.Skipped(SampleRun.Query)]).Verdict.Should().Be(Verdict.Passed);
        SampleRun.Run([SampleRun.Skipped(SampleRun.Query)]).Verdict.Should().Be(Verdict.Skipped);
    }

    [Fact]
    public void JUnit_has_a_suite_per_scenario_and_a_case_per_step_with_the_failure_at_its_step()
    {
        var suites = XDocument.Parse(JUnitXml.Of(SampleRun.Mixed)).Root!;

        suites.Attribute("tests")!.Value.Should().Be("5");
        suites.Attribute("failures")!.Value.Should().Be("1");
        suites.Attribute("skipped")!.Value.Should().Be("1");
        var failed = suites.Elements("testsuite").Single(suite => suite.Attribute("failures")!.Value == "1").Elements("testcase").Last();
        failed.Attribute("name")!.Value.Should().Be("nothing is left");
        failed.Element("failure")!.Attribute("message")!.Value.Should().Be("Namespace 'x' did not become empty within 60 s.");
        failed.Element("failure")!.Value.Should().Contain("expected  0 pods");
    }

    [Fact]
    public void JUnit_has_the_wall_time_of_every_step_scenario_and_run()
    {
        var suites = XDocument.Parse(JUnitXml.Of(SampleRun.Mixed)).Root!;

        suites.Attribute("time")!.Value.Should().Be("7.500");
        var passed = suites.Elements("testsuite").First();
        passed.Attribute("name")!.Value.Should().Be("BG-05 Promote-Full switches the active host once");
        passed.Attribute("time")!.Value.Should().Be("6.100");
        passed.Elements("testcase").Select(step => $"{step.Attribute("classname")!.Value[..5]}, {step.Attribute("name")!.Value}, {step.Attribute("time")!.Value}")
            .Should().Equal("BG-05, the reader promotes, 1.000", "BG-05, blue is scaled down, 3.000");
        suites.Elements("testsuite").Single(suite => suite.Attribute("skipped")!.Value == "1").Element("testcase")!.Element("skipped")!.Attribute("message")!.Value
            .Should().Be("no Prometheus on this machine");
    }

    [Fact]
    public void JUnit_has_a_failure_outside_of_the_steps_as_a_case_of_its_own_and_no_letter_that_XML_cannot_hold()
    {
        var run = SampleRun.Run([SampleRun.Passed(SampleRun.Promotion) with { Verdict = Verdict.Failed, Failure = "the repository\u0001 was refused" }]);

        var last = XDocument.Parse(JUnitXml.Of(run)).Root!.Descendants("testcase").Last();

        last.Attribute("name")!.Value.Should().Be("Outside its steps");
        last.Element("failure")!.Attribute("message")!.Value.Should().Be("the repository was refused");
    }

    [Fact]
    public void JUnit_tells_of_a_run_that_failed_as_a_whole()
    {
        var suites = XDocument.Parse(JUnitXml.Of(SampleRun.Run([], "the cluster did not start"))).Root!;

        suites.Attribute("errors")!.Value.Should().Be("1");
    }

    [Fact]
    public void The_page_needs_nothing_but_itself_and_escapes_what_it_shows()
    {
        var page = IndexPage.Of(SampleRun.Mixed);

        page.Should().Contain("Failed: 1 of 3 scenarios").And.Contain("Deleting leaves &lt;nothing&gt;").And.Contain("1.23s");
        page.Should().NotContain("<nothing>").And.NotContain("http://").And.NotContain("https://").And.NotContain("<script").And.NotContain("@import");
        page.Should().Contain("<svg").And.Contain("prefers-color-scheme: dark").And.Contain("name=\"viewport\"");
        page.IndexOf("Failed: 1 of 3", StringComparison.Ordinal).Should().BeLessThan(page.IndexOf("<h2>", StringComparison.Ordinal));
    }
}
