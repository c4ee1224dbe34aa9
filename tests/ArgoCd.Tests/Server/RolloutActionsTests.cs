using System.Text.Json.Nodes;
using ArgoCd.Json;
using ArgoCd.Server.Actions;

namespace ArgoCd.Tests.Server;

public sealed class RolloutActionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 12, 30, 5, TimeSpan.Zero);

    private static JsonObject Rollout(string status, string spec = "{strategy: {blueGreen: {}}}")
        => Yaml.Json($"{{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {{name: web, generation: 2}}, spec: {spec}, status: {status}}}");

    private static string[] Enabled(string status, string spec = "{strategy: {blueGreen: {}}}")
        => [.. ResourceActions.Discover(Rollout(status, spec)).Where(action => !action.Disabled).Select(action => action.Name).Order(StringComparer.Ordinal)];

    private const string Paused = "{observedGeneration: \"2\", currentPodHash: b, stableRS: a, pauseConditions: [{reason: BlueGreenPause}]}";

    [Fact]
    public void Every_rollout_has_the_actions_of_3_1()
        => ResourceActions.Discover(Rollout("{}")).Select(action => action.Name)
            .Should().BeEquivalentTo("abort", "pause", "promote-full", "restart", "resume", "retry", "skip-current-step");

    [Fact]
    public void A_fully_promoted_rollout_can_only_be_restarted() => Enabled("{observedGeneration: \"2\", currentPodHash: a, stableRS: a}").Should().Equal("restart");

    [Fact]
    public void A_paused_blue_green_rollout_can_be_promoted_resumed_and_aborted()
        => Enabled(Paused).Should().Equal("abort", "pause", "promote-full", "restart", "resume");

    [Fact]
    public void An_aborted_rollout_can_be_retried()
        => Enabled("{observedGeneration: \"2\", currentPodHash: b, stableRS: a, abort: true}").Should().Equal("promote-full", "restart", "retry");

    [Fact]
    public void A_canary_in_the_middle_of_its_steps_can_skip_one()
        => Enabled("{observedGeneration: \"2\", currentPodHash: b, stableRS: a, currentStepIndex: 0}", "{strategy: {canary: {steps: [{setWeight: 20}]}}}")
            .Should().Contain("skip-current-step");

    [Fact]
    public void A_canary_past_its_last_step_cannot_skip_one()
        => Enabled("{observedGeneration: \"2\", currentPodHash: b, stableRS: a, currentStepIndex: 1}", "{strategy: {canary: {steps: [{setWeight: 20}]}}}")
            .Should().NotContain("skip-current-step");

    [Theory]
    [InlineData("abort", "status", "abort", "true")]
    [InlineData("promote-full", "status", "promoteFull", "true")]
    [InlineData("pause", "spec", "paused", "true")]
    [InlineData("restart", "spec", "restartAt", "\"2026-08-01T12:30:05Z\"")]
    public void An_action_writes_its_field(string action, string part, string field, string value)
        => ResourceActions.Run(Rollout(Paused), action, Now)![part]![field]!.ToJsonString().Should().Be(value);

    [Fact]
    public void Resume_takes_the_pause_conditions_away_and_unpauses()
    {
        var resumed = ResourceActions.Run(Rollout(Paused, "{paused: true, strategy: {blueGreen: {}}}"), "resume", Now)!;
        resumed.Object("status")!.ContainsKey("pauseConditions").Should().BeFalse();
        resumed.Flag("spec", "paused").Should().BeFalse();
    }

    [Fact]
    public void Retry_takes_the_abort_back()
        => ResourceActions.Run(Rollout("{abort: true}"), "retry", Now)!.Object("status")!.ContainsKey("abort").Should().BeFalse();

    [Fact]
    public void Skipping_a_step_goes_one_step_on_and_ends_the_pause()
    {
        var skipped = ResourceActions.Run(
            Rollout("{currentStepIndex: 0, pauseConditions: [{reason: CanaryPauseStep}]}", "{strategy: {canary: {steps: [{pause: {}}, {setWeight: 40}]}}}"), "skip-current-step", Now)!;
        skipped.Number("status", "currentStepIndex").Should().Be(1);
        skipped.Object("status")!.ContainsKey("pauseConditions").Should().BeFalse();
    }

    [Fact]
    public void An_action_that_does_not_exist_is_none() => ResourceActions.Run(Rollout("{}"), "dance", Now).Should().BeNull();
}
