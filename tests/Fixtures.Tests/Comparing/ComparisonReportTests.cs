using Fixtures.Comparing;
using static Fixtures.Tests.Comparing.Runs;

namespace Fixtures.Tests.Comparing;

/// <summary>The three forms say the same.</summary>
public sealed class ComparisonReportTests
{
    private static readonly KnownChange Change = new("Argo Rollouts", "v1.9.0", ["BG-06"], "It waits for a person.", new Uri("https://example.com/1"));

    private static readonly Comparison Both = Comparer.Compare(
        On("v1.8.4", Passed("BG-05"), Passed("BG-06"), Passed("BG-07", 10)),
        On("v1.8.4 → v1.9.1", Failed("BG-05", "Host '<a|b>' did not become green."), Failed("BG-06"), Passed("BG-07", 100)),
        [Change]);

    [Fact]
    public void The_terminal_has_the_verdict_first_then_rows_then_what_changed()
    {
        var text = ComparisonText.Of(Both);

        text.Should().StartWith("Unsafe: 1 worse; scenarios worse: 1\n");
        text.Should().Contain("before    one  embedded: Argo Rollouts v1.8.4\n").And.Contain("after     one  embedded: Argo Rollouts v1.8.4 → v1.9.1\n");
        text.Should().Contain("worse     R10  passed → failed");
        text.Should().Contain("worse     BG-05  A promise (passed → failed)\n          Host '<a|b>' did not become green.\n");
        text.Should().Contain("explained BG-06  A promise (passed → failed)\n          Argo Rollouts v1.9.0: It waits for a person.\n");
        text.Should().Contain("slower    BG-07  A promise (passed)\n          10.0 → 100.0 s\n");
        text.Should().EndWith("known     Argo Rollouts v1.9.0: https://example.com/1\n");
    }

    [Fact]
    public void Markdown_cannot_be_broken_by_what_a_failure_says() => ComparisonMarkdown.Of(Both).Should()
        .StartWith("# Unsafe: 1 worse; scenarios worse: 1\n")
        .And.Contain("| R10 | ❌ worse | passed → failed | Promote-Full switches at once |")
        .And.Contain("| BG-05 A promise | ❌ worse | passed → failed | Host '&lt;a\\|b>' did not become green. |")
        .And.Contain("| BG-06 A promise | ℹ️ explained | passed → failed | Argo Rollouts v1.9.0: It waits for a person. [source](https://example.com/1) |");

    [Fact]
    public void The_page_stands_alone_and_escapes() => ComparisonPage.Of(Both).Should()
        .StartWith("<!doctype html>")
        .And.Contain("<h1 class=\"failed\">Unsafe: 1 worse; scenarios worse: 1</h1>")
        .And.Contain("Host &#39;&lt;a|b&gt;&#39; did not become green.")
        .And.Contain("<a href=\"https://example.com/1\">source</a>")
        .And.NotContain("<script").And.NotContain("<link");

    [Fact]
    public void The_known_changes_that_travel_with_the_suite_can_be_applied() => KnownChange.All.Should()
        .NotBeEmpty().And.OnlyContain(change => ReleaseVersion.Parse(change.Since) != null && change.Scenarios.Count > 0 && change.Source.Scheme == "https");
}
