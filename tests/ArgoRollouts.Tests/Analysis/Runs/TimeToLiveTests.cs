using ArgoRollouts.Analysis.Runs;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Runs;

public sealed class TimeToLiveTests
{
    [Theory]
    [InlineData("Successful", 100, null, 10, 50, true)]
    [InlineData("Successful", 100, null, 50, 50, false)] // strictly more
    [InlineData("Successful", 10, null, 100, 50, false)] // the one for the outcome goes first
    [InlineData("Successful", 10, null, null, 50, true)]
    [InlineData("Failed", 100, 10, null, 50, true)]
    [InlineData("Failed", null, null, 10, 50, false)]
    [InlineData("Error", 10, 100, 100, 50, true)] // neither failed nor successful
    [InlineData("Inconclusive", null, 10, 10, 50, false)]
    [InlineData("Running", 10, 10, 10, 50, false)]
    [InlineData("Successful", null, null, null, 50, false)]
    public void A_run_is_deleted_after_its_time(string phase, int? any, int? failure, int? success, int completedAgo, bool exceeded)
    {
        var run = new AnalysisRun
        {
            Spec = new() { TtlStrategy = new() { SecondsAfterCompletion = any, SecondsAfterFailure = failure, SecondsAfterSuccess = success } },
            Status = new() { Phase = phase, CompletedAt = Given.Ago(completedAgo) },
        };
        TimeToLive.IsExceeded(run, Given.Now).Should().Be(exceeded);
        run.Status.CompletedAt = null;
        TimeToLive.IsExceeded(run, Given.Now).Should().BeFalse();
    }

    [Theory]
    [InlineData("Successful", "Running", true)]
    [InlineData("Running", "Pending", true)]
    [InlineData("Pending", "Inconclusive", true)]
    [InlineData("Inconclusive", "Error", true)]
    [InlineData("Error", "Failed", true)]
    [InlineData("Failed", "Successful", false)]
    [InlineData("Failed", "Failed", false)]
    public void Phases_have_an_order(string current, string next, bool worse)
    {
        PhaseOrder.IsWorse(current, next).Should().Be(worse);
        PhaseOrder.Worst(current, next).Should().Be(worse ? next : current);
    }
}
