using ArgoRollouts.Analysis.Runs;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Runs;

public sealed class MetricTasksTests
{
    [Theory]
    [InlineData("60s", "Successful", 50, 0)]
    [InlineData("60s", "Successful", 60, 0)] // not before the interval is over
    [InlineData("60s", "Successful", 61, 1)]
    [InlineData("5m", "Error", 9, 0)]
    [InlineData("5m", "Error", 11, 1)] // an error is retried after 10 s
    [InlineData(null, "Error", 11, 1)]
    [InlineData("nonsense", "Successful", 999, 0)]
    public void A_metric_is_measured_again_after_its_interval(string? interval, string lastPhase, int finishedAgo, int tasks)
    {
        var run = Given.Run([Given.Metric("success-rate", interval)],
            Given.Result("success-rate", "Running", Given.Measurement(lastPhase, finishedAgo)));
        Due(run).Should().HaveCount(tasks);
    }

    [Fact]
    public void A_metric_that_was_never_measured_is_due_at_once() =>
        Due(Given.Run([Given.Metric("a"), Given.Metric("b")])).Select(t => t.Metric.Name).Should().Equal("a", "b");

    [Fact]
    public void A_metric_at_its_count_is_not_measured_again()
    {
        var result = Given.Result("once", "", Given.Measurement("Successful", 999));
        result.Count = 1;
        Due(Given.Run([Given.Metric("once")], result)).Should().BeEmpty();
        Due(Given.Run([Given.Metric("once", "60s", count: 2)], result)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(false, "Failed", 0)]
    [InlineData(false, "Inconclusive", 0)]
    [InlineData(false, "Error", 0)]
    [InlineData(false, "Successful", 1)]
    [InlineData(true, "Failed", 1)] // a dry run stops nothing
    public void Nothing_new_is_measured_once_a_metric_has_ended_badly(bool dryRun, string phase, int tasks)
    {
        var failed = Given.Result("latency", phase);
        failed.DryRun = dryRun;
        Due(Given.Run([Given.Metric("success-rate"), Given.Metric("latency")], failed)).Should().HaveCount(tasks);
    }

    [Fact]
    public void A_terminating_run_goes_on_with_what_is_in_progress_only()
    {
        var run = Given.Run([Given.Metric("new"), Given.Metric("in-flight")], Given.Result("in-flight", "Running", Given.Measurement("Running", finished: null)));
        run.Spec.Terminate = true;
        var task = Due(run).Should().ContainSingle().Which;
        task.Metric.Name.Should().Be("in-flight");
        task.InProgress.Should().NotBeNull();
    }

    [Theory]
    [InlineData("20s", null, 0)] // the run has not started
    [InlineData("20s", 10, 0)]
    [InlineData("20s", 20, 1)]
    [InlineData("invalid-start-delay", 20, 0)]
    public void An_initial_delay_is_waited_for(string delay, int? startedAgo, int tasks)
    {
        var run = Given.Run([Given.Metric("success-rate", initialDelay: delay)]);
        run.Status.StartedAt = startedAgo is null ? null : Given.Ago(startedAgo.Value);
        Due(run).Should().HaveCount(tasks);
    }

    [Fact]
    public void A_measurement_in_progress_is_resumed_at_its_time()
    {
        var run = Given.Run([Given.Metric("later"), Given.Metric("now")],
            Given.Result("later", "Running", Given.Measurement("Running", finished: null, resume: -10)),
            Given.Result("now", "Running", Given.Measurement("Running", finished: null, resume: 10)));
        Due(run).Select(t => t.Metric.Name).Should().Equal("now");
    }

    private static List<MetricTask> Due(AnalysisRun run) => MetricTasks.Due(run, run.Spec.Metrics, Given.Now);
}
