using Fixtures.Comparing;
using static Fixtures.Tests.Comparing.Runs;

namespace Fixtures.Tests.Comparing;

/// <summary>What became of rows and scenarios, and whether it is safe.</summary>
public sealed class ComparerTests
{
    private static readonly KnownChange Change = new("Argo Rollouts", "v1.9.0", ["BG-05"], "It waits for a person.", new Uri("https://example.com/1"));

    [Fact]
    public void What_passes_in_both_is_the_same_and_safe()
    {
        var comparison = Compare(On("v1.8.4", Passed("BG-05")), On("v1.9.1", Passed("BG-05", 12)));

        comparison.IsSafe.Should().BeTrue();
        comparison.Title.Should().Be("Safe: 1 same");
        comparison.Rows.Should().ContainSingle().Which.Outcome.Should().Be(Outcome.Same);
    }

    [Fact]
    public void What_fails_now_is_worse_and_unsafe_and_says_how()
    {
        var comparison = Compare(On("v1.8.4", Passed("BG-05")), On("v1.9.1", Failed("BG-05")));

        comparison.IsSafe.Should().BeFalse();
        comparison.Title.Should().Be("Unsafe: 1 worse; scenarios worse: 1");
        comparison.Scenarios.Should().ContainSingle().Which.Failure.Should().Be("Host 'a' did not become green within 30 s.");
    }

    [Fact]
    public void A_scenario_that_breaks_in_a_row_that_failed_before_makes_the_row_worse() =>
        Compare(On("v1.8.4", Passed("BG-05"), Failed("BG-06")), On("v1.9.1", Failed("BG-05"), Failed("BG-06")))
            .Rows.Should().ContainSingle().Which.Outcome.Should().Be(Outcome.Worse);

    [Fact]
    public void What_failed_before_and_fails_still_is_the_same()
        => Compare(On("v1.8.4", Failed("BG-05")), On("v1.9.1", Failed("BG-05"))).IsSafe.Should().BeTrue("going there breaks nothing that worked");

    [Fact]
    public void What_is_not_looked_at_any_more_is_worse()
    {
        Compare(On("v1.8.4", Passed("BG-05")), On("v1.9.1")).IsSafe.Should().BeFalse();

        var skipped = Compare(On("v1.8.4", Passed("BG-05")), On("v1.9.1", Skipped("BG-05")));
        skipped.IsSafe.Should().BeFalse();
        skipped.Scenarios.Should().ContainSingle().Which.Failure.Should().Be("there is no Prometheus");
    }

    [Fact]
    public void A_new_scenario_is_better_when_it_passes_and_worse_when_it_fails()
    {
        Compare(On("v1.8.4"), On("v1.9.1", Passed("BG-05"))).Rows.Should().ContainSingle().Which.Outcome.Should().Be(Outcome.Better);
        Compare(On("v1.8.4"), On("v1.9.1", Failed("BG-05"))).IsSafe.Should().BeFalse();
    }

    [Theory]
    [InlineData("passed", Outcome.Same)]
    [InlineData("failed", Outcome.Worse)]
    [InlineData("not reached", Outcome.Worse)]
    public void A_scenario_that_fails_at_another_row_leaves_the_rows_before_it_as_they_were(string verdict, Outcome outcome)
    {
        var after = On("v1.9.1", Failed("BG-00") with { RowVerdicts = new Dictionary<string, string> { ["R10"] = verdict } });
        var rows = new Dictionary<string, ResultsRow>(after.Rows) { ["R10"] = after.Rows["R10"] with { Verdict = verdict } };

        var comparison = Compare(On("v1.8.4", Passed("BG-00")), after with { Rows = rows });

        comparison.Rows.Should().ContainSingle().Which.Outcome.Should().Be(outcome);
        comparison.IsSafe.Should().BeFalse("the scenario is worse, wherever it failed");
    }

    [Fact]
    public void One_failure_among_repetitions_is_a_failure()
        => Compare(On("v1.8.4", Passed("BG-05"), Passed("BG-05")), On("v1.9.1", Passed("BG-05"), Failed("BG-05"))).IsSafe.Should().BeFalse();

    [Theory]
    [InlineData("v1.8.4", "v1.9.1", true)]
    [InlineData("v1.9.1", "v1.8.4", true)]
    [InlineData("v1.8.4", "v1.8.4 → v1.9.1", true)]
    [InlineData("v1.9.0", "v1.9.1", false)]
    [InlineData("v1.8.3", "v1.8.4", false)]
    [InlineData("unknown", "v1.9.1", false)]
    public void A_change_on_purpose_explains_a_failure_when_it_lies_between_the_versions(string before, string after, bool explained)
    {
        var comparison = Comparer.Compare(On(before, Passed("BG-05")), On(after, Failed("BG-05")), [Change]);

        comparison.IsSafe.Should().Be(explained);
        comparison.Rows.Should().ContainSingle().Which.Outcome.Should().Be(explained ? Outcome.Explained : Outcome.Worse);
        comparison.Changes.Should().HaveCount(explained ? 1 : 0);
    }

    [Fact]
    public void A_change_on_purpose_explains_neither_another_scenario_nor_one_that_does_not_run()
    {
        Comparer.Compare(On("v1.8.4", Passed("BG-05"), Passed("BG-06")), On("v1.9.1", Failed("BG-05"), Failed("BG-06")), [Change])
            .Rows.Should().ContainSingle().Which.Outcome.Should().Be(Outcome.Worse);
        Comparer.Compare(On("v1.8.4", Passed("BG-05")), On("v1.9.1", Skipped("BG-05")), [Change]).IsSafe.Should().BeFalse();
    }

    [Fact]
    public void A_run_that_failed_as_a_whole_is_unsafe()
    {
        var after = On("v1.9.1", Passed("BG-05"));

        var comparison = Compare(On("v1.8.4", Passed("BG-05")), after with { Run = after.Run with { Failure = "stopped by SIGINT" } });

        comparison.IsSafe.Should().BeFalse();
        comparison.Title.Should().Be("Unsafe: the run failed: stopped by SIGINT");
    }

    [Fact]
    public void A_slower_row_is_told_and_safe()
    {
        var comparison = Compare(On("v1.8.4", Passed("BG-05", 30)), On("v1.9.1", Passed("BG-05", 200)));

        comparison.IsSafe.Should().BeTrue();
        comparison.Title.Should().Be("Safe: 1 slower");
    }

    private static Comparison Compare(Results before, Results after) => Comparer.Compare(before, after, []);
}
