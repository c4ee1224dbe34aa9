using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.Status;

namespace ArgoRollouts.Tests.Status;

public sealed class RolloutConditionsTests
{
    [Fact]
    public void A_condition_with_the_same_status_and_reason_changes_nothing()
    {
        var status = new RolloutStatus();
        RolloutConditions.Set(status, New("True", "A", 0)).Should().BeTrue();
        RolloutConditions.Set(status, New("True", "A", 5)).Should().BeFalse();
        status.Conditions.Should().ContainSingle().Which.LastUpdateTime.Should().Be(Build.Now.UtcDateTime);
    }

    [Fact]
    public void The_transition_time_moves_with_the_status_only()
    {
        var status = new RolloutStatus();
        RolloutConditions.Set(status, New("True", "A", 0));
        RolloutConditions.Set(status, New("True", "B", 5));
        status.Conditions![0].LastTransitionTime.Should().Be(Build.Now.UtcDateTime);
        status.Conditions[0].LastUpdateTime.Should().Be(Build.Now.UtcDateTime.AddSeconds(5));
        RolloutConditions.Set(status, New("False", "B", 9));
        status.Conditions[0].LastTransitionTime.Should().Be(Build.Now.UtcDateTime.AddSeconds(9));
    }

    [Fact]
    public void A_patch_holds_what_differs_and_null_for_what_is_gone()
    {
        var before = new RolloutStatus { StableRS = "a", Replicas = 3, ControllerPause = true, PauseConditions = [new PauseCondition { Reason = "x" }], CurrentPodHash = "b" };
        var after = new RolloutStatus { StableRS = "a", CurrentPodHash = "c", BlueGreen = new BlueGreenStatus { ActiveSelector = "c" } };

        JsonNode.DeepEquals(
            StatusPatch.Between(before, after),
            JsonNode.Parse("""{"status":{"currentPodHash":"c","blueGreen":{"activeSelector":"c"},"replicas":null,"controllerPause":null,"pauseConditions":null}}"""))
            .Should().BeTrue();
        StatusPatch.Between(after, StatusPatch.Clone(after)).Should().BeNull();
    }

    [Fact]
    public void A_pause_a_resumption_and_a_retry_are_recorded_before_all_else()
    {
        var rollout = Build.BlueGreen();
        For(rollout).Should().BeEmpty();

        rollout.Spec.Paused = true;
        For(rollout).Should().Equal(("Progressing", "Unknown", "RolloutPaused", "Rollout is paused"), ("Paused", "True", "RolloutPaused", "Rollout is paused"));

        rollout.Spec.Paused = false;
        rollout.Status.Conditions = [New("Unknown", "RolloutPaused", 0), RolloutConditions.New("Paused", "True", "RolloutPaused", "", Build.Now)];
        For(rollout).Should().Equal(("Progressing", "Unknown", "RolloutResumed", "Rollout is resumed"), ("Paused", "False", "RolloutPaused", "Rollout is paused"));

        rollout.Status.Conditions = [New("False", "RolloutAborted", 0)];
        For(rollout).Should().Equal(("Progressing", "Unknown", "RolloutRetry", "Retrying Rollout after abort"));
    }

    [Theory]
    [InlineData(0, "ReplicaSetUpdated", false)]
    [InlineData(10, "ReplicaSetUpdated", false)] // the deadline's own second counts as in time
    [InlineData(11, "ProgressDeadlineExceeded", true)]
    public void Without_progress_the_deadline_passes_once(int seconds, string reason, bool aborts)
    {
        var rollout = Build.BlueGreen(rollout =>
        {
            rollout.Spec.ProgressDeadlineSeconds = 10;
            rollout.Spec.ProgressDeadlineAbort = true;
            rollout.Status.CurrentPodHash = "new";
            rollout.Status.Conditions = [New("True", "ReplicaSetUpdated", 0)];
        });
        var context = new RolloutContext(rollout, Build.Roles(rollout, Build.Set("new", 3, 0, observed: 0)), [], Build.Now.AddSeconds(seconds));
        var status = BaseStatus.Calculate(context);

        var events = RolloutConditionsCalculation.Apply(context, status);

        RolloutConditions.Get(status, RolloutConditionType.Progressing)!.Reason.Should().Be(reason);
        context.Pause.IsAborted.Should().Be(aborts);
        events.Any(told => told is { Warning: true, Reason: "RolloutAborted", Message: "ReplicaSet \"demo-new\" has timed out progressing." }).Should().Be(aborts);
    }

    private static IEnumerable<(string, string, string, string)> For(Rollout rollout)
        => PauseConditionsCalculation.For(rollout, Build.Now).Select(condition => (condition.Type, condition.Status, condition.Reason, condition.Message));

    private static RolloutCondition New(string status, string reason, int seconds)
        => RolloutConditions.New(RolloutConditionType.Progressing, status, reason, "", Build.Now.AddSeconds(seconds));
}
