using ArgoRollouts.Analysis.Runs;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Runs;

/// <summary>Facts of upstream's analysis_test.go.</summary>
public sealed class MetricAssessmentTests
{
    [Fact]
    public void Without_a_measurement_a_metric_is_pending_and_at_the_end_successful()
    {
        var result = Given.Result("m", "");
        MetricAssessment.Phase(Given.Metric("m"), result, terminating: false).Should().Be("Pending");
        MetricAssessment.Phase(Given.Metric("m"), result, terminating: true).Should().Be("Successful");
    }

    [Fact]
    public void With_a_measurement_in_progress_a_metric_runs_even_at_the_end()
    {
        var result = Given.Result("m", "", Given.Measurement("Successful"), Given.Measurement("Running", finished: null));
        MetricAssessment.Phase(Given.Metric("m"), result, terminating: false).Should().Be("Running");
        MetricAssessment.Phase(Given.Metric("m"), result, terminating: true).Should().Be("Running");
    }

    [Fact]
    public void A_phase_once_final_stays() =>
        MetricAssessment.Phase(Given.Metric("m"), Given.Result("m", "Inconclusive", Given.Measurement("Successful")), terminating: false).Should().Be("Inconclusive");

    [Theory]
    [InlineData(2, 3, "Failed", "Failed")]
    [InlineData(3, 3, "Running", "Successful")]
    [InlineData(null, 1, "Failed", "Failed")]
    [InlineData(-1, 99, "Running", "Successful")]
    public void More_failures_than_the_limit_fail(int? limit, int failed, string phase, string terminating)
    {
        var result = Given.Result("m", "", Given.Measurement("Failed"));
        result.Failed = result.Count = failed;
        // a negative limit is switched off, which needs a consecutiveSuccessLimit in its place
        var metric = Given.Metric("m", "60s", failureLimit: limit, successLimit: limit < 0 ? 3 : null);
        MetricAssessment.Phase(metric, result, terminating: false).Should().Be(phase);
        MetricAssessment.Phase(metric, result, terminating: true).Should().Be(terminating);
    }

    [Theory]
    [InlineData(2, "Inconclusive", "Inconclusive")]
    [InlineData(3, "Running", "Successful")]
    public void More_inconclusive_than_the_limit_are_inconclusive(int limit, string phase, string terminating)
    {
        var result = Given.Result("m", "", Given.Measurement("Inconclusive"));
        result.Inconclusive = result.Count = 3;
        MetricAssessment.Phase(Given.Metric("m", "60s", inconclusiveLimit: limit), result, terminating: false).Should().Be(phase);
        MetricAssessment.Phase(Given.Metric("m", "60s", inconclusiveLimit: limit), result, terminating: true).Should().Be(terminating);
    }

    [Theory]
    [InlineData(null, 5, "Error", "Error")] // 4 by default
    [InlineData(null, 4, "Running", "Successful")]
    [InlineData(0, 1, "Error", "Error")]
    public void More_errors_in_a_row_than_the_limit_are_an_error(int? limit, int errors, string phase, string terminating)
    {
        var result = Given.Result("m", "", Given.Measurement("Error"));
        result.ConsecutiveError = errors;
        MetricAssessment.Phase(Given.Metric("m", "60s", errorLimit: limit), result, terminating: false).Should().Be(phase);
        MetricAssessment.Phase(Given.Metric("m", "60s", errorLimit: limit), result, terminating: true).Should().Be(terminating);
    }

    [Fact]
    public void At_its_count_a_metric_is_successful_unless_a_limit_was_exceeded()
    {
        var result = Given.Result("m", "", Given.Measurement("Successful"));
        (result.Count, result.Successful) = (10, 10);
        MetricAssessment.Phase(Given.Metric("m", count: 10), result, terminating: false).Should().Be("Successful");
        (result.Successful, result.Inconclusive) = (5, 5);
        MetricAssessment.Phase(Given.Metric("m", count: 10), result, terminating: false).Should().Be("Inconclusive");
    }

    [Theory]
    // failureLimit, consecutiveSuccessLimit, count | failed, in a row, count so far | phase, when terminating
    [InlineData(-1, 3, null, 3, 3, 7, "Successful", "Successful")]
    [InlineData(-1, 5, null, 3, 3, 7, "Running", "Successful")]
    [InlineData(-1, 5, 7, 3, 3, 7, "Failed", "Failed")]
    [InlineData(-1, 3, 7, 3, 3, 7, "Successful", "Successful")]
    [InlineData(-1, 3, 9, 3, 3, 7, "Successful", "Successful")]
    [InlineData(-1, 5, 9, 3, 3, 7, "Running", "Successful")]
    [InlineData(4, 4, null, 3, 3, 7, "Running", "Successful")]
    [InlineData(4, 4, null, 5, 0, 9, "Failed", "Failed")]
    [InlineData(4, 4, null, 3, 4, 8, "Successful", "Successful")]
    [InlineData(4, 4, null, 5, 4, 10, "Failed", "Failed")]
    [InlineData(4, 4, 10, 4, 3, 10, "Inconclusive", "Inconclusive")]
    [InlineData(4, 4, 10, 5, 3, 10, "Failed", "Failed")]
    [InlineData(4, 4, 10, 4, 4, 10, "Successful", "Successful")]
    [InlineData(4, 4, 10, 3, 3, 8, "Running", "Successful")]
    [InlineData(4, 4, 10, 5, 3, 8, "Failed", "Failed")]
    [InlineData(4, 4, 10, 3, 4, 8, "Successful", "Successful")]
    public void Successes_in_a_row_end_a_metric_early(
        int failureLimit, int successLimit, int? count, int failed, int inARow, int soFar, string phase, string terminating)
    {
        var metric = Given.Metric("m", "60s", count, failureLimit, successLimit: successLimit);
        var result = Given.Result("m", "", Given.Measurement("Failed"));
        (result.Failed, result.ConsecutiveSuccess, result.Count) = (failed, inARow, soFar);
        MetricAssessment.Phase(metric, result, terminating: false).Should().Be(phase);
        MetricAssessment.Phase(metric, result, terminating: true).Should().Be(terminating);
    }

    [Theory]
    [InlineData(2, 0, 0, "Failed", "failed (2) > failureLimit (1)")]
    [InlineData(2, 1, 0, "Inconclusive", "inconclusive (1) > inconclusiveLimit (0)")]
    [InlineData(2, 1, 5, "Error", "consecutiveErrors (5) > consecutiveErrorLimit (4)")]
    public void A_limit_exceeded_is_told_in_numbers(int failed, int inconclusive, int errors, string phase, string reason)
    {
        var result = new MetricResult { Failed = failed, Inconclusive = inconclusive, ConsecutiveError = errors };
        MetricAssessment.Exceeded(Given.Metric("m", failureLimit: 1), result).Should().Be(new LimitExceeded(phase, reason));
    }
}
