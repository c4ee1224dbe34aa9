using k8s.Models;
using Kubernetes.Controllers.Autoscaling;
using Kubernetes.Controllers.Autoscaling.Metrics;

namespace Kubernetes.Tests.Controllers.Autoscaling;

public sealed class AutoscalingPlanTests
{
    private readonly ScalingHistory _history = new();

    [Fact]
    public void Growth_is_limited_to_twice_the_size_or_four_pods_a_period()
    {
        Plan(current: 2, wanted: 20).Should().Be(6);
        new AutoscalingPlanTests().Plan(current: 10, wanted: 50).Should().Be(20);
        new AutoscalingPlanTests().Plan(current: 18, wanted: 50).Should().Be(30, "the maximum");
    }

    [Fact]
    public void A_smaller_size_waits_until_it_was_recommended_for_the_whole_window()
    {
        Plan(current: 5, wanted: 5);
        Plan(current: 5, wanted: 2, seconds: 15).Should().Be(5);
        Plan(current: 5, wanted: 2, seconds: 299).Should().Be(5);
        Plan(current: 5, wanted: 2, seconds: 301).Should().Be(2);
    }

    [Fact]
    public void Conditions_say_what_limits()
    {
        Conditions(current: 2, wanted: 20).Should().BeEquivalentTo("AbleToScale/True/ReadyForNewScale", "ScalingActive/True/ValidMetricFound", "ScalingLimited/True/ScaleUpLimit");
        new AutoscalingPlanTests().Conditions(current: 28, wanted: 50).Should().Contain("ScalingLimited/True/TooManyReplicas");
        new AutoscalingPlanTests().Conditions(current: 5, wanted: 3).Should().Contain("AbleToScale/True/ScaleDownStabilized");
        new AutoscalingPlanTests().Conditions(current: 5, wanted: 5).Should().Contain("ScalingLimited/False/DesiredWithinRange");
    }

    [Fact]
    public void Policies_and_disabled_directions_are_heeded()
    {
        var behavior = new V2HorizontalPodAutoscalerBehavior
        {
            ScaleUp = new V2HPAScalingRules { Policies = [new V2HPAScalingPolicy { Type = "Pods", Value = 1, PeriodSeconds = 60 }] },
            ScaleDown = new V2HPAScalingRules { SelectPolicy = "Disabled", StabilizationWindowSeconds = 0 },
        };

        Plan(current: 2, wanted: 9, behavior: behavior).Should().Be(3);
        _history.Scaled(1, Objects.Now);
        Plan(current: 3, wanted: 9, seconds: 30, behavior: behavior).Should().Be(3, "one pod a minute");
        Plan(current: 3, wanted: 1, seconds: 60, behavior: behavior).Should().Be(3);
    }

    [Fact]
    public void A_size_out_of_bounds_is_set_right_first()
    {
        AutoscalingPlan.Bounded(Autoscaler(null), 31).Should().Be(new AutoscalingPlan(30, "Current number of replicas above Spec.MaxReplicas"));
        AutoscalingPlan.Bounded(Autoscaler(null), 0).Should().Be(new AutoscalingPlan(1, "Current number of replicas below Spec.MinReplicas"));
        AutoscalingPlan.Bounded(Autoscaler(null), 3).Should().BeNull();
    }

    private int Plan(int current, int wanted, int seconds = 0, V2HorizontalPodAutoscalerBehavior? behavior = null)
        => Decide(current, wanted, seconds, behavior).Plan.Replicas;

    private IEnumerable<string> Conditions(int current, int wanted)
        => Decide(current, wanted, 0, null).Conditions.All.Select(condition => $"{condition.Type}/{condition.Status}/{condition.Reason}");

    private (AutoscalingPlan Plan, AutoscalerConditions Conditions) Decide(int current, int wanted, int seconds, V2HorizontalPodAutoscalerBehavior? behavior)
    {
        var now = Objects.Now.AddSeconds(seconds);
        var conditions = new AutoscalerConditions(null, now);
        return (AutoscalingPlan.For(Autoscaler(behavior), current, [new MetricProposal(wanted, "cpu resource", new V2MetricStatus())], _history, conditions, now), conditions);
    }

    private static V2HorizontalPodAutoscaler Autoscaler(V2HorizontalPodAutoscalerBehavior? behavior) => new()
    {
        Spec = new V2HorizontalPodAutoscalerSpec { MinReplicas = 1, MaxReplicas = 30, Behavior = behavior },
    };
}
