using ArgoRollouts.Canary;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Canary;

/// <summary>Sizes with traffic routing, with upstream's values (utils/replicaset/canary_test.go).</summary>
public sealed class TrafficRoutedReplicasTests
{
    [Theory]
    [InlineData(10, 5, null, 1, 10)]
    [InlineData(10, 5, 2, 2, 10)]
    [InlineData(10, 0, 2, 0, 10)]
    [InlineData(1, 10, null, 1, 1)]
    [InlineData(10, 33, null, 4, 10)]
    public void Stable_stays_whole_and_the_canary_gets_its_share_rounded_up(int replicas, int weight, int? minPods, int canary, int stable)
        => TrafficRoutedReplicas.Of(Routed(replicas, weight, with: c => c.MinPodsPerReplicaSet = minPods), null, null, null).Should().Be((canary, stable));

    [Fact]
    public void SetCanaryScale_overrides_the_weight()
    {
        Scaled(new SetCanaryScale { Replicas = 9 }).Should().Be((9, 1));
        Scaled(new SetCanaryScale { Weight = 200 }).Should().Be((2, 1));
        Scaled(new SetCanaryScale { Replicas = 9, Weight = 100, MatchTrafficWeight = true }).Should().Be((1, 1));

        static (int, int) Scaled(SetCanaryScale scale) => TrafficRoutedReplicas.Of(
            Routed(1, 20, with: canary => canary.Steps!.Add(new CanaryStep { SetCanaryScale = scale }), step: 1), null, null, null);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(30, 0)]
    public void An_abort_ends_setCanaryScale_unless_the_canary_is_kept(int delay, int canary)
    {
        var rollout = Routed(1, 0, with: c =>
        {
            c.AbortScaleDownDelaySeconds = delay;
            c.Steps![0].SetCanaryScale = new SetCanaryScale { Replicas = 1 };
        });
        rollout.Status.Abort = true;

        TrafficRoutedReplicas.Of(rollout, null, null, null).Should().Be((canary, 1));
    }

    [Theory]
    [InlineData(25, 0, 100, 3, 10)] // going up: stable keeps what its traffic still needs
    [InlineData(25, 25, 75, 3, 8)]
    [InlineData(25, 50, 50, 3, 8)] // going down: stable grows before the traffic comes
    public void Dynamic_stable_scale_follows_the_higher_of_wanted_and_actual_weight(int weight, int actualCanary, int actualStable, int canary, int stable)
    {
        var weights = new TrafficWeights { Canary = new WeightDestination { Weight = actualCanary }, Stable = new WeightDestination { Weight = actualStable } };

        TrafficRoutedReplicas.Of(Routed(10, weight, with: c => c.DynamicStableScale = true), null, null, weights).Should().Be((canary, stable));
    }

    private static Rollout Routed(int replicas, int weight, Action<CanaryStrategy>? with = null, int step = 0) => Build.Canary(replicas, weight, with: rollout =>
    {
        rollout.Spec.Strategy.Canary!.TrafficRouting = new RolloutTrafficRouting { Nginx = new NginxTrafficRouting { StableIngress = "ingress" } };
        rollout.Status.CurrentStepIndex = step;
        with?.Invoke(rollout.Spec.Strategy.Canary);
    });
}
