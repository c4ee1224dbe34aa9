using ArgoRollouts.Analysis.Runs;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Runs;

public sealed class RunAssessmentTests
{
    [Theory]
    [InlineData("Successful", "Running", "Running")]
    [InlineData("Successful", "Successful", "Successful")]
    [InlineData("Successful", "Failed", "Failed")]
    [InlineData("Inconclusive", "Error", "Error")]
    [InlineData("Failed", "Error", "Failed")]
    public void A_run_is_what_the_worst_of_its_metrics_is(string first, string second, string expected)
    {
        var run = Given.Run([Given.Metric("latency"), Given.Metric("success-rate")],
            Given.Result("latency", first), Given.Result("success-rate", second, Given.Measurement("Running", finished: null)));
        var verdict = Assess(run);
        verdict.Phase.Should().Be(expected);
        verdict.Message.Should().BeEmpty();
        run.Status.StartedAt.Should().Be(Given.Now);
    }

    [Fact]
    public void A_metric_that_has_not_begun_keeps_the_run_running()
    {
        var run = Given.Run([Given.Metric("a"), Given.Metric("delayed", initialDelay: "60s")], Given.Result("a", "Successful", Given.Measurement("Successful")));
        Assess(run).Phase.Should().Be("Running");
        run.Status.RunSummary.Should().BeEquivalentTo(new RunSummary { Count = 2, Successful = 1 });
    }

    [Fact]
    public void A_failed_metric_ends_the_run_though_another_waits()
    {
        // RO-36: a delayed metric must not hide the failure of another when the run ends
        var failed = Given.Result("failing", "Running", Given.Measurement("Failed"));
        (failed.Failed, failed.Count) = (1, 1);
        var run = Given.Run([Given.Metric("failing"), Given.Metric("delayed", initialDelay: "60s")], failed);
        Assess(run).Phase.Should().Be("Running");
        failed.Phase.Should().Be("Failed");

        var verdict = Assess(run);
        verdict.Phase.Should().Be("Failed");
        verdict.Message.Should().Be("Metric \"failing\" assessed Failed due to failed (1) > failureLimit (0)");
    }

    [Fact]
    public void Only_a_transition_is_an_event_and_takes_the_message_of_the_last_measurement()
    {
        var result = Given.Result("m", "Running", Given.Measurement("Error", message: "connection refused"));
        (result.ConsecutiveError, result.Error) = (5, 5);
        var run = Given.Run([Given.Metric("m", "60s")], result);

        var verdict = Assess(run);
        verdict.Phase.Should().Be("Error");
        verdict.Message.Should().Be("Metric \"m\" assessed Error due to consecutiveErrors (5) > consecutiveErrorLimit (4): \"Error Message: connection refused\"");
        verdict.Completed.Should().Equal(("m", "Error"));
        result.Message.Should().Be("connection refused");
        Assess(run).Completed.Should().BeEmpty();
    }

    [Fact]
    public void A_run_told_to_terminate_before_its_first_measurement_is_successful()
    {
        var run = Given.Run([Given.Metric("m")]);
        run.Spec.Terminate = true;
        Assess(run).Should().BeEquivalentTo(new RunVerdict("Successful", "Run Terminated", []));
    }

    [Fact]
    public void A_run_told_to_terminate_is_what_its_metrics_are()
    {
        var run = Given.Run([Given.Metric("m", "60s")], Given.Result("m", "Running", Given.Measurement("Successful")));
        run.Spec.Terminate = true;
        var verdict = Assess(run);
        verdict.Phase.Should().Be("Successful");
        verdict.Message.Should().Be("Run Terminated");
        verdict.Completed.Should().Equal(("m", "Successful"));
    }

    [Fact]
    public void A_dry_run_fails_nothing_and_is_summed_up_apart()
    {
        var dry = Given.Result("dry", "Running", Given.Measurement("Failed"));
        (dry.Failed, dry.Count, dry.DryRun) = (2, 2, true);
        var run = Given.Run([Given.Metric("dry", failureLimit: 1), Given.Metric("wet")], dry, Given.Result("wet", "Running", Given.Measurement("Successful")));
        run.Result("wet")!.Count = run.Result("wet")!.Successful = 1;

        var verdict = Assess(run, "dry");
        verdict.Phase.Should().Be("Successful");
        verdict.Message.Should().BeEmpty();
        dry.Phase.Should().Be("Failed");
        dry.Message.Should().Be("Metric assessed Failed due to failed (2) > failureLimit (1)");
        run.Status.RunSummary.Should().BeEquivalentTo(new RunSummary { Count = 1, Successful = 1 });
        run.Status.DryRunSummary.Should().BeEquivalentTo(new RunSummary { Count = 1, Failed = 1 });
    }

    [Fact]
    public void A_run_of_dry_runs_only_ends_successful()
    {
        var dry = Given.Result("dry", "Running", Given.Measurement("Failed"));
        (dry.Failed, dry.Count, dry.DryRun) = (1, 1, true);
        Assess(Given.Run([Given.Metric("dry")], dry), "dry").Phase.Should().Be("Successful");
    }

    private static RunVerdict Assess(AnalysisRun run, params string[] dryRun) => RunAssessment.Assess(run, run.Spec.Metrics, dryRun.ToHashSet(), Given.Now);
}
