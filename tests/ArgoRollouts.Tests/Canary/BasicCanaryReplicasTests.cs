using ArgoRollouts.Canary;

namespace ArgoRollouts.Tests.Canary;

/// <summary>Sizes of canary and stable without traffic routing, with upstream's values (utils/replicaset/canary_test.go).</summary>
public sealed class BasicCanaryReplicasTests
{
    [Theory]
    [InlineData(10, 100, "3", "0", 7, 8, 6, 3, 0, 7, 6)]
    [InlineData(10, 20, "2", "0", 10, 10, 0, 0, 0, 10, 2)]
    [InlineData(10, 20, "20%", "0", 10, 10, 0, 0, 0, 10, 2)]
    [InlineData(10, 20, "20%", "0", 10, 10, 2, 2, 0, 8, 2)]
    [InlineData(10, 30, "2", "0", 10, 10, 0, 0, 0, 10, 2)]
    [InlineData(10, 20, "0", "2", 10, 10, 0, 0, 0, 8, 0)]
    [InlineData(10, 20, "0", "20%", 10, 10, 0, 0, 0, 8, 0)]
    [InlineData(10, 30, "0", "2", 10, 10, 0, 0, 0, 8, 0)]
    [InlineData(10, 50, "2", "1", 10, 10, 0, 0, 0, 9, 2)]
    [InlineData(10, 0, "1", "1", 10, 10, 1, 1, 0, 10, 0)]
    [InlineData(10, 100, "1", "1", 1, 1, 10, 10, 0, 0, 10)]
    [InlineData(1, 20, "1", "0", 1, 1, 0, 0, 0, 1, 1)]
    [InlineData(1, 90, "1", "0", 1, 1, 0, 0, 0, 1, 1)]
    [InlineData(1, 49, "0", "1", 1, 1, 0, 0, 0, 1, 0)]
    [InlineData(1, 51, "0", "1", 1, 1, 0, 0, 0, 0, 0)]
    [InlineData(1, 51, "0", "1", 0, 0, 0, 0, 0, 0, 1)]
    [InlineData(10, 30, "1", "0", 1, 1, 0, 0, 3, 7, 1)]
    [InlineData(10, 30, "0", "3", 8, 5, 4, 4, 0, 7, 3)]
    [InlineData(10, 100, "1", "0", 10, 2, 10, 8, 0, 2, 9)]
    [InlineData(10, 30, "0", "1", 8, 6, 4, 2, 3, 8, 4)]
    [InlineData(10, 5, "0", "1", 10, 10, 0, 0, 0, 9, 0)]
    [InlineData(10, 5, "0", "1", 9, 9, 0, 0, 0, 9, 1)]
    [InlineData(10, 10, "0%", "0%", 10, 10, 0, 0, 0, 9, 0)]
    [InlineData(4, 100, "1", "0", 4, 1, 0, 0, 0, 4, 1)]
    [InlineData(3, 99, "0", "2", 3, 3, 0, 0, 0, 1, 0)]
    [InlineData(3, 99, "0", "2", 1, 1, 0, 0, 0, 1, 2)]
    [InlineData(4, 0, "1", "0", 0, 0, 4, 4, 0, 1, 4)]
    [InlineData(4, 0, "1", "0", 1, 0, 4, 4, 0, 1, 4)]
    [InlineData(4, 0, "1", "0", 1, 1, 4, 4, 0, 1, 3)]
    public void One_step_towards_the_weight_keeps_surge_and_availability(
        int replicas, int weight, string maxSurge, string maxUnavailable, int stable, int stableAvailable, int canary, int canaryAvailable, int older, int newStable, int newCanary)
    {
        var others = older > 0 ? new[] { Build.Set("older", older, older) } : [];

        var counts = BasicCanaryReplicas.Of(
            Build.Canary(replicas, weight, maxSurge, maxUnavailable), Build.Set("canary", canary, canaryAvailable), Build.Set("stable", stable, stableAvailable), others);

        counts.Should().Be((newCanary, newStable));
    }

    [Theory]
    [InlineData("4", "4", 0, 4)]
    [InlineData("3", "0", 4, 3)]
    public void A_full_promotion_goes_to_all_new_as_far_as_surge_and_availability_allow(string maxSurge, string maxUnavailable, int stable, int canary)
    {
        var rollout = Build.Canary(4, 1, maxSurge, maxUnavailable, rollout => rollout.Status.PromoteFull = true);

        BasicCanaryReplicas.Of(rollout, Build.Set("canary", 0, 0), Build.Set("stable", 4, 4), []).Should().Be((canary, stable));
    }

    [Fact]
    public void A_first_deployment_gets_all_replicas_at_once()
    {
        var rollout = Build.Canary(10, 20, with: rollout => rollout.Status.StableRS = null);

        BasicCanaryReplicas.Of(rollout, Build.Set("canary", 0, 0), null, []).Should().Be((10, 0));
    }

    [Theory]
    [InlineData(1, "25%", "25%")]
    [InlineData(1, "0", "1")]
    [InlineData(5, "25%", "25%")]
    [InlineData(10, "0", "1")]
    [InlineData(10, "1", "0")]
    [InlineData(7, "3", "3")]
    public void Steps_repeated_reach_every_weight_and_never_leave_the_limits(int replicas, string maxSurge, string maxUnavailable)
    {
        foreach (var weight in new[] { 1, 10, 20, 33, 50, 99, 100, 0 })
        {
            var rollout = Build.Canary(replicas, weight, maxSurge, maxUnavailable);
            var surge = ArgoRollouts.ReplicaSets.RolloutFenceposts.MaxSurge(rollout);
            var unavailable = ArgoRollouts.ReplicaSets.RolloutFenceposts.MaxUnavailable(rollout);
            var (canary, stable) = (0, replicas);
            for (var pass = 0; pass < 4 * (replicas + 1); pass++)
            {
                // pods are there at once in this world
                (canary, stable) = BasicCanaryReplicas.Of(rollout, Build.Set("canary", canary, canary), Build.Set("stable", stable, stable), []);

                (canary + stable).Should().BeInRange(replicas - unavailable, replicas + surge, "weight {0}, pass {1}", weight, pass);
            }

            (canary, stable).Should().Be(CanaryWeightApproximation.Of(replicas, weight, 100, surge), "weight {0}", weight);
        }
    }
}
