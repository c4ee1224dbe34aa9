using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fixtures.Recording;
using Fixtures.Reporting;

namespace Fixtures.Tests.Reporting;

/// <summary>What the page shows, looked up in its pictures: they are XML.</summary>
public sealed class PageTests
{
    private static readonly string Page = IndexPage.Of(SampleRun.Mixed);

    [Fact]
    public void A_picture_is_drawn_for_the_page_and_for_the_phone_and_says_in_words_what_it_shows()
    {
        var pictures = Pictures();

        pictures.Select(picture => (string)picture.Attribute("class")!).Should().Equal("wide", "narrow", "wide", "narrow");
        pictures.Should().OnlyContain(picture => (string)picture.Attribute("role")! == "img");
        ((string)pictures[0].Attribute("aria-label")!).Should().StartWith("BG-05 over 1m 01s: pods blue up to 10, green up to 10; ")
            .And.Contain("desired weight 100 % blue, 20 % green, 100 % green").And.Contain("metric success-rate 1 Successful, 1 Failed");
    }

    [Fact]
    public void Desired_weight_is_a_step_line_over_the_whole_axis()
    {
        var line = Of("path", "weight").Should().ContainSingle().Subject;

        ((string)line.Attribute("d")!).Should().MatchRegex("^M8 .*L712 [0-9.]+$");
        Titles().Should().Contain("Desired weight of handson: 100 % blue from +0.0s, 20 % green from +8.0s, 100 % green from +20.0s");
        Of("text", "number").Select(number => number.Value).Should().Contain(["100", "20"]);
    }

    [Fact]
    public void A_measured_share_stands_inside_of_its_interval_in_the_colour_of_the_revision()
    {
        var interval = Of("rect", "interval").Should().ContainSingle().Subject;
        var dot = Of("circle", "dot").Should().ContainSingle().Subject;

        Number(dot, "cy").Should().BeInRange(Number(interval, "y"), Number(interval, "y") + Number(interval, "height"));
        ((string)interval.Parent!.Attribute("class")!).Should().Be("c-green");
        Titles().Should().Contain("app.argocd.example.com from +8.0s: 47 of 240 answers green: 19.6 %, true share 12.9 % to 28.6 %");
    }

    [Fact]
    public void Measurements_have_a_shape_for_their_phase_and_stand_on_their_side_of_the_threshold()
    {
        var threshold = Number(Of("line", "threshold").Should().ContainSingle().Subject, "y1");
        var points = Of("g", "point good").Concat(Of("g", "point bad")).ToList();

        Number(points[0].Elements().Single(element => element.Name.LocalName == "circle"), "cy").Should().BeLessThan(threshold);
        points[1].Elements().Single(element => element.Name.LocalName == "path").Attribute("class")!.Value.Should().Be("cross");
        Titles().Should().Contain(
        [
            "success-rate (prometheus): success when result[0] > 0.90 · handson-7d9f5c8b6d-2",
            "success-rate at +17.0s: Failed, value [0.42], too <many> errors",
            "job at +15.0s: Error, value none, no such image",
        ]);
    }

    [Fact]
    public void The_number_of_the_failed_step_is_always_there()
    {
        var failed = SampleRun.Failed(SampleRun.Deletion);
        var crowded = failed with { Steps = [failed.Steps[0] with { StartedAfter = failed.Steps[1].StartedAfter }, failed.Steps[1]] };

        IndexPage.Of(SampleRun.Run([crowded])).Should().MatchRegex("class=\"mark broken\"><title>2\\. nothing is left</title><line [^>]*/><text [^>]*>2</text>");
    }

    [Fact]
    public void Declared_waits_at_the_same_time_are_one_stretch_behind_the_picture()
    {
        Of("rect", "wait").Should().ContainSingle();
        Titles().Should().Contain("Declared: pause of 10.0s at step 2, interval of success-rate");
        Page.Should().Contain("1m 01s cluster: 10.0s declared, 51.0s over");
    }

    [Fact]
    public void Rows_that_were_not_judged_are_told_apart() => Page.Should()
        .Contain("1 row not chosen for this run").And.Contain("21 rows without a scenario yet").And.MatchRegex("<b>R16</b><span class=\"verdict\">not run</span>");

    [Fact]
    public void The_numbers_of_a_picture_can_be_read_as_a_table() => Page.Should()
        .Contain("<td>+8.0s</td><td>20 %</td><td>47 of 240 answers green: 19.6 %, true share 12.9 % to 28.6 %</td>")
        .And.Contain("<td>+12.0s</td><td>Successful</td><td>[0.97] </td>");

    [Fact]
    public void The_time_over_the_critical_path_is_told_for_every_scenario_that_ran() => Page.Should()
        .Contain("<a href=\"#BG-05\">BG-05</a></th><td>1m 01s</td><td>10.0s</td><td>51.0s</td><td>5.1s</td>")
        .And.NotContain("<a href=\"#AP-01\">AP-01</a></th>");

    [Fact]
    public void A_failure_has_its_facts_its_excerpts_its_files_and_its_command() => Page.Should()
        .Contain("<p class=\"headline\">Namespace &#39;x&#39; did not become empty within 60 s.</p>")
        .And.Contain("<dt>expected</dt><dd>0 pods</dd>")
        .And.Contain("+1.0s  Application bg-06  deleted")
        .And.Contain("<a href=\"BG-06/controllers.log\">")
        .And.Contain("dotnet run --project tests/Conformance -- --filter BG-06");

    [Fact]
    public void A_failure_that_is_not_of_the_suites_form_is_shown_whole()
    {
        var facts = FailureFacts.Of("Connection refused\n   at Socket.Connect()\n  expected  a\n            \"b\"\n  again     dotnet run");

        facts.Headline.Should().Be("Connection refused");
        facts.Parts.Should().Equal(("expected", "a\n\"b\""));
        facts.Rest.Should().Be("   at Socket.Connect()");
    }

    private static List<XElement> Pictures() =>
        [.. Regex.Matches(Page, "<svg class=\"(wide|narrow)\".*?</svg>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => XElement.Parse(match.Value))];

    private static List<XElement> Of(string element, string @class) =>
        [.. Pictures()[0].Descendants().Where(found => found.Name.LocalName == element && (string?)found.Attribute("class") == @class)];

    private static List<string> Titles() => [.. Pictures()[0].Descendants().Where(found => found.Name.LocalName == "title").Select(title => title.Value)];

    private static double Number(XElement element, string attribute) =>
        double.Parse((string)element.Attribute(attribute)!, System.Globalization.CultureInfo.InvariantCulture);
}
