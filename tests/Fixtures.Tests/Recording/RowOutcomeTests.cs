using Fixtures.Clusters;
using Fixtures.Recording;
using Fixtures.Reporting;
using Fixtures.Tests.Reporting;

namespace Fixtures.Tests.Recording;

/// <summary>Steps carry rows, and a failure is that of the rows whose step failed.</summary>
public sealed class RowOutcomeTests
{
    [Fact]
    public void A_failure_is_that_of_the_rows_of_the_step_that_failed() =>
        On(SampleRun.Chapter).Should().Equal(("R5", Verdict.Passed), ("R6", Verdict.Failed), ("R7", Verdict.NotReached));

    [Fact]
    public void A_step_that_carries_no_row_is_every_rows()
    {
        var end = SampleRun.Chapter.Steps[^1] with { Rows = [] };

        On(SampleRun.Chapter with { Steps = [.. SampleRun.Chapter.Steps.SkipLast(1), end] }).Should().OnlyContain(row => row.Verdict == Verdict.Failed);
    }

    [Fact]
    public void What_fails_outside_of_the_steps_is_every_rows() =>
        On(SampleRun.Chapter with { Steps = [] }).Should().OnlyContain(row => row.Verdict == Verdict.Failed);

    [Fact]
    public void What_is_put_back_after_the_failure_reaches_no_row()
    {
        var mending = SampleRun.Chapter.Steps[0] with { Words = "takes it back", Rows = ["R7"] };

        On(SampleRun.Chapter with { Steps = [.. SampleRun.Chapter.Steps, mending] })[^1].Should().Be(("R7", Verdict.NotReached));
    }

    [Fact]
    public void A_scenario_that_passed_or_was_skipped_did_so_for_all_its_rows()
    {
        On(SampleRun.Chapter with { Verdict = Verdict.Passed }).Should().OnlyContain(row => row.Verdict == Verdict.Passed);
        On(SampleRun.Chapter with { Verdict = Verdict.Skipped }).Should().OnlyContain(row => row.Verdict == Verdict.Skipped);
    }

    [Fact]
    public void A_row_is_not_reached_only_when_no_other_scenario_tells_of_it()
    {
        var alone = SampleRun.Run([SampleRun.Chapter]);
        var beside = SampleRun.Run([SampleRun.Chapter, SampleRun.Passed(SampleRun.Push)]);

        RowVerdicts.Of(alone).Single(row => row.Id == "R7").Verdict.Should().Be(Verdict.NotReached);
        RowVerdicts.Of(beside).Single(row => row.Id == "R7").Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task Steps_carry_the_rows_that_the_story_came_to_last()
    {
        var recorder = new ScenarioRecorder(SampleRun.Chapter.Info, TimeProvider.System, new NoListener());
        recorder.ComeTo("R5");
        await recorder.StepAsync("one", () => Task.CompletedTask);
        recorder.ComeTo("R6", "R7");
        await recorder.StepAsync("another", () => Task.CompletedTask);
        recorder.EndStory();
        await recorder.StepAsync("the end", () => Task.CompletedTask);

        recorder.Steps.Select(step => string.Join(' ', step.Rows)).Should().Equal("R5", "R6 R7", "");
    }

    [Fact]
    public async Task A_story_can_come_to_its_own_rows_only_and_must_come_to_all_of_them()
    {
        var recorder = new ScenarioRecorder(SampleRun.Chapter.Info, TimeProvider.System, new NoListener());
        recorder.Invoking(one => one.ComeTo("R23")).Should().Throw<ArgumentException>().WithMessage("BG-00 comes to R23, which is not among its rows R5, R6, R7*");

        recorder.ComeTo("R5");
        await recorder.StepAsync("one", () => Task.CompletedTask);
        recorder.Invoking(one => one.EndStory()).Should().Throw<InvalidOperationException>().WithMessage("BG-00 stands for R6, and none of its steps does");
    }

    private static IReadOnlyList<(string Row, Verdict Verdict)> On(ScenarioRecord scenario) => [.. scenario.Info.Rows.Select(row => (row, scenario.VerdictOn(row)))];
}
