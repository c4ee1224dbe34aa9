using ArgoRollouts.Models;
using ArgoRollouts.Status;

namespace ArgoRollouts.Tests.Status;

public sealed class RolloutPhaseCalculationTests
{
    [Fact]
    public void A_blue_green_update_goes_through_upstreams_messages()
    {
        var rollout = Build.BlueGreen(replicas: 2);
        var status = new RolloutStatus { CurrentPodHash = "new", StableRS = "old" };
        Of(rollout, status).Should().Be(("Progressing", "more replicas need to be updated"));
        status.UpdatedReplicas = 2;
        Of(rollout, status).Should().Be(("Progressing", "updated replicas are still becoming available"));
        status.AvailableReplicas = 2;
        Of(rollout, status).Should().Be(("Progressing", "active service cutover pending"));
        status.PauseConditions = [new PauseCondition { Reason = PauseReason.BlueGreenPause }];
        Of(rollout, status).Should().Be(("Paused", "BlueGreenPause"));
        status.PauseConditions = null;
        status.BlueGreen.ActiveSelector = "new";
        Of(rollout, status).Should().Be(("Progressing", "waiting for post-promotion verification to complete"));
        rollout.Spec.Strategy.BlueGreen!.PostPromotionAnalysis = new RolloutAnalysis();
        Of(rollout, status).Should().Be(("Progressing", "waiting for analysis to complete"));
        status.StableRS = "new";
        Of(rollout, status).Should().Be(("Healthy", null));
    }

    [Fact]
    public void A_canary_waits_for_old_pods_and_for_its_steps()
    {
        var rollout = Build.Canary(2, 50);
        var status = new RolloutStatus { CurrentPodHash = "new", StableRS = "old", UpdatedReplicas = 2, AvailableReplicas = 2, Replicas = 3 };
        Of(rollout, status).Should().Be(("Progressing", "old replicas are pending termination"));
        status.Replicas = 2;
        Of(rollout, status).Should().Be(("Progressing", "waiting for all steps to complete"));
        status.StableRS = "new";
        Of(rollout, status).Should().Be(("Healthy", null));
        rollout.Spec.RestartAt = Build.Now.UtcDateTime;
        Of(rollout, status).Should().Be(("Progressing", "rollout is restarting"));
        rollout.Spec.Paused = true;
        Of(rollout, status).Should().Be(("Paused", "manually paused"));
    }

    [Theory]
    [InlineData("InvalidSpec", "InvalidSpec", "InvalidSpec: why")]
    [InlineData("Progressing", "RolloutAborted", "RolloutAborted: why")]
    [InlineData("Progressing", "ProgressDeadlineExceeded", "ProgressDeadlineExceeded: why")]
    public void A_failing_condition_is_degraded_before_everything_else(string type, string reason, string message)
    {
        var status = new RolloutStatus { Conditions = [RolloutConditions.New(type, "True", reason, "why", Build.Now)] };

        Of(Build.BlueGreen(rollout => rollout.Spec.Paused = true), status).Should().Be(("Degraded", message));
    }

    private static (string, string?) Of(Rollout rollout, RolloutStatus status) => RolloutPhaseCalculation.Of(rollout, status);
}
