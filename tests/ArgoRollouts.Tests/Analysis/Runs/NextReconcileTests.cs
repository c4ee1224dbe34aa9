using ArgoRollouts.Analysis.Runs;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Runs;

public sealed class NextReconcileTests
{
    [Fact]
    public void It_is_the_end_of_the_interval() =>
        Seconds(Given.Run([Given.Metric("m", "60s")], Given.Result("m", "Running", Given.Measurement("Successful", 30)))).Should().Be(30);

    [Fact]
    public void It_is_ten_seconds_after_an_error() =>
        Seconds(Given.Run([Given.Metric("m", "5m")], Given.Result("m", "Running", Given.Measurement("Error", 4)))).Should().Be(6);

    [Fact]
    public void It_is_the_earliest_of_all_metrics() =>
        Seconds(Given.Run([Given.Metric("a", "60s"), Given.Metric("b", "20s"), Given.Metric("c", "10s")],
            Given.Result("a", "Running", Given.Measurement("Successful", 10)),
            Given.Result("b", "Running", Given.Measurement("Successful", 10)),
            Given.Result("c", "Successful", Given.Measurement("Successful", 10)))).Should().Be(10);

    [Fact]
    public void It_is_the_end_of_the_initial_delay()
    {
        var run = Given.Run([Given.Metric("m", initialDelay: "40s")]);
        Seconds(run).Should().Be(40);
        run.Status.StartedAt = Given.Ago(10);
        Seconds(run).Should().Be(30);
    }

    [Fact]
    public void It_is_the_time_to_resume_what_is_in_progress() =>
        Seconds(Given.Run([Given.Metric("m")], Given.Result("m", "Running", Given.Measurement("Running", finished: null, resume: -15)))).Should().Be(15);

    [Fact]
    public void It_is_not_while_a_measurement_ends_by_an_event() =>
        Seconds(Given.Run([Given.Metric("m", "60s")], Given.Result("m", "Running", Given.Measurement("Running", finished: null)))).Should().BeNull();

    [Fact]
    public void It_is_not_for_a_metric_at_its_count_or_without_an_interval()
    {
        var result = Given.Result("m", "Running", Given.Measurement("Successful"));
        Seconds(Given.Run([Given.Metric("m", count: 3)], result)).Should().BeNull();
        result.Count = 3;
        Seconds(Given.Run([Given.Metric("m", "60s", count: 3)], result)).Should().BeNull();
    }

    private static double? Seconds(AnalysisRun run) => (NextReconcile.Time(run, run.Spec.Metrics, Given.Now) - Given.Now)?.TotalSeconds;
}
