using ArgoRollouts.Models;
using ArgoRollouts.Validation;
using k8s.Models;

namespace ArgoRollouts.Tests.Validation;

/// <summary>The first finding is what a user sees, in upstream's words (validation_test.go, controller_test.go).</summary>
public sealed class RolloutSpecValidationTests
{
    [Fact]
    public void A_sound_rollout_has_no_findings()
    {
        RolloutSpecValidation.Validate(Build.BlueGreen()).Should().BeEmpty();
        RolloutSpecValidation.Validate(Build.Canary(10, 20)).Should().BeEmpty();
    }

    [Fact]
    public void A_missing_selector_is_required()
        => First(Build.BlueGreen(rollout => rollout.Spec.Selector = null)).Should().Be("spec.selector: Required value: Rollout has missing field '.spec.selector'");

    [Fact]
    public void An_empty_selector_is_invalid()
        => First(Build.BlueGreen(rollout => rollout.Spec.Selector = new V1LabelSelector())).Should().Be("spec.selector: Invalid value: {}: empty selector is invalid for deployment");

    [Fact]
    public void A_selector_must_match_the_template()
        => First(Build.BlueGreen(rollout => rollout.Spec.Template!.Metadata.Labels["app"] = "doesnt-match"))
            .Should().Be("spec.template.metadata.labels: Invalid value: {\"app\":\"doesnt-match\"}: `selector` does not match template `labels`");

    [Fact]
    public void A_strategy_is_required_and_only_one_allowed()
    {
        First(Build.Rollout(new RolloutStrategy())).Should()
            .Be("spec.strategy.strategy: Required value: Rollout has missing field '.spec.strategy.canary or .spec.strategy.blueGreen'");
        First(Build.BlueGreen(rollout => rollout.Spec.Strategy.Canary = new CanaryStrategy())).Should()
            .Be("spec.strategy.strategy: Invalid value: \"blueGreen: true canary: true\": Multiple Strategies can not be listed");
    }

    [Fact]
    public void Active_and_preview_service_must_differ()
        => First(Build.BlueGreen(rollout => rollout.Spec.Strategy.BlueGreen!.PreviewService = "active")).Should().Be(
            "spec.strategy.activeService: Invalid value: \"active\": This rollout uses the same service for the active and preview services, but two different services are required.");

    [Fact]
    public void The_scale_down_limit_must_not_exceed_the_history()
        => First(Build.BlueGreen(rollout =>
        {
            rollout.Spec.RevisionHistoryLimit = 1;
            rollout.Spec.Strategy.BlueGreen!.ScaleDownDelayRevisionLimit = 2;
        })).Should().Be(
            "spec.strategy.scaleDownDelayRevisionLimit: Invalid value: 2: This rollout's revision history limit can not be smaller than the rollout's scale down limit");

    [Fact]
    public void The_progress_deadline_must_exceed_minReadySeconds()
        => First(Build.BlueGreen(rollout => rollout.Spec.MinReadySeconds = 600)).Should().Be("spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds");

    [Fact]
    public void A_negative_number_of_replicas_is_refused()
        => First(Build.BlueGreen(replicas: -1)).Should().Be("spec.replicas: Invalid value: -1: must be greater than or equal to 0");

    [Theory]
    [InlineData(101, "spec.strategy.steps[0].setWeight: Invalid value: 101: SetWeight needs to be between 0 and 100")]
    [InlineData(-1, "spec.strategy.steps[0].setWeight: Invalid value: -1: SetWeight needs to be between 0 and 100")]
    public void A_weight_is_a_percentage(int weight, string message) => First(Build.Canary(10, weight)).Should().Be(message);

    [Fact]
    public void A_step_does_exactly_one_thing()
    {
        First(Steps(new CanaryStep())).Should().StartWith("spec.strategy.steps[0]: Invalid value: \"step.Experiment: true step.Pause: true")
            .And.EndWith("Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or pause");
        First(Steps(new CanaryStep { SetWeight = 1, Pause = new RolloutPause() })).Should().Be(
            "spec.strategy.steps[0]: Invalid value: \"step.Experiment: false step.Pause: true step.SetWeight: true step.Analysis: false\": "
            + "Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or pause");
    }

    [Fact]
    public void A_pause_needs_a_known_unit()
        => First(Steps(new CanaryStep { Pause = new RolloutPause { Duration = "10parsecs" } }))
            .Should().Be("spec.strategy.steps[0].pause.duration: Invalid value: -1: Duration needs to be greater than 0");

    [Fact]
    public void Surge_and_unavailable_cannot_both_be_zero()
        => First(Build.Canary(10, 20, "0", "0%")).Should().StartWith("spec.strategy.maxSurge: Invalid value: ").And.EndWith(": MaxSurge and MaxUnavailable both can not be zero");

    [Fact]
    public void Traffic_routing_needs_both_services()
        => First(Build.Canary(10, 20, with: rollout => rollout.Spec.Strategy.Canary!.TrafficRouting = new RolloutTrafficRouting { Nginx = new NginxTrafficRouting() }))
            .Should().Be("spec.strategy.stableService: Invalid value: \"\": Canary service and Stable service must to be set to use Traffic Routing");

    [Fact]
    public void What_needs_traffic_routing_is_refused_without()
    {
        First(Steps(new CanaryStep { SetCanaryScale = new SetCanaryScale { Replicas = 1 } })).Should()
            .Be("spec.strategy.trafficRouting: Required value: SetCanaryScale requires TrafficRouting to be set");
        First(Build.Canary(10, 20, with: rollout => rollout.Spec.Strategy.Canary!.ScaleDownDelaySeconds = 5)).Should()
            .Be("spec.strategy.scaleDownDelaySeconds: Invalid value: 5: Canary scaleDownDelaySeconds can only be used with traffic routing");
        First(Build.Canary(10, 20, with: rollout => rollout.Spec.Strategy.Canary!.DynamicStableScale = true)).Should()
            .Be("spec.strategy.dynamicStableScale: Invalid value: true: Canary dynamicStableScale can only be used with traffic routing");
    }

    [Fact]
    public void A_template_needs_containers_with_names_and_images()
    {
        First(Build.BlueGreen(rollout => rollout.Spec.Template!.Spec.Containers = [])).Should().Be("spec.template.spec.containers: Required value");
        First(Build.BlueGreen(rollout => rollout.Spec.Template!.Spec.Containers[0].Image = "")).Should().Be("spec.template.spec.containers[0].image: Required value");
        First(Build.BlueGreen(rollout => rollout.Spec.Template!.Spec.RestartPolicy = "Never")).Should()
            .Be("spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"");
    }

    private static Rollout Steps(params CanaryStep[] steps) => Build.Canary(10, 20, with: rollout => rollout.Spec.Strategy.Canary!.Steps = [.. steps]);

    private static string First(Rollout rollout) => RolloutSpecValidation.Validate(rollout).First().Message;
}
