using ArgoRollouts.Canary;

namespace ArgoRollouts.Tests.Canary;

/// <summary>The split of replicas for a weight, with upstream's values (utils/replicaset/canary_test.go).</summary>
public sealed class CanaryWeightApproximationTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(0, 50, 0, 0, 0)]
    [InlineData(0, 100, 0, 0, 0)]
    [InlineData(0, 0, 1, 0, 0)]
    [InlineData(0, 50, 1, 0, 0)]
    [InlineData(0, 100, 1, 0, 0)]
    [InlineData(1, 0, 0, 0, 1)]
    [InlineData(1, 1, 0, 0, 1)]
    [InlineData(1, 49, 0, 0, 1)]
    [InlineData(1, 50, 0, 1, 0)]
    [InlineData(1, 99, 0, 1, 0)]
    [InlineData(1, 100, 0, 1, 0)]
    [InlineData(1, 0, 1, 0, 1)]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(1, 49, 1, 1, 1)]
    [InlineData(1, 50, 1, 1, 1)]
    [InlineData(1, 99, 1, 1, 1)]
    [InlineData(1, 100, 1, 1, 0)]
    [InlineData(2, 0, 0, 0, 2)]
    [InlineData(2, 1, 0, 1, 1)]
    [InlineData(2, 50, 0, 1, 1)]
    [InlineData(2, 99, 0, 1, 1)]
    [InlineData(2, 100, 0, 2, 0)]
    [InlineData(2, 0, 1, 0, 2)]
    [InlineData(2, 1, 1, 1, 2)]
    [InlineData(2, 50, 1, 1, 1)]
    [InlineData(2, 99, 1, 2, 1)]
    [InlineData(2, 100, 1, 2, 0)]
    [InlineData(3, 10, 0, 1, 2)]
    [InlineData(3, 25, 0, 1, 2)]
    [InlineData(3, 33, 0, 1, 2)]
    [InlineData(3, 34, 0, 1, 2)]
    [InlineData(3, 49, 0, 1, 2)]
    [InlineData(3, 50, 0, 2, 1)]
    [InlineData(3, 10, 1, 1, 3)]
    [InlineData(3, 25, 1, 1, 3)]
    [InlineData(3, 33, 1, 1, 2)]
    [InlineData(3, 34, 1, 1, 2)]
    [InlineData(3, 49, 1, 2, 2)]
    [InlineData(3, 50, 1, 2, 2)]
    [InlineData(10, 0, 1, 0, 10)]
    [InlineData(10, 1, 0, 1, 9)]
    [InlineData(10, 14, 0, 1, 9)]
    [InlineData(10, 15, 0, 2, 8)]
    [InlineData(10, 16, 0, 2, 8)]
    [InlineData(10, 99, 0, 9, 1)]
    [InlineData(10, 100, 1, 10, 0)]
    [InlineData(10, 1, 1, 1, 10)]
    [InlineData(10, 18, 1, 2, 9)]
    [InlineData(10, 19, 1, 2, 9)]
    [InlineData(10, 20, 1, 2, 8)]
    [InlineData(10, 23, 1, 2, 8)]
    [InlineData(10, 24, 1, 3, 8)]
    [InlineData(10, 25, 1, 3, 8)]
    [InlineData(10, 99, 1, 10, 1)]
    public void A_weight_is_approximated_as_upstream_does(int replicas, int weight, int maxSurge, int canary, int stable)
        => CanaryWeightApproximation.Of(replicas, weight, 100, maxSurge).Should().Be((canary, stable));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_sum_exceeds_the_replicas_by_no_more_than_one_and_only_with_a_surge(int maxSurge)
    {
        for (var replicas = 1; replicas <= 30; replicas++)
        {
            for (var weight = 0; weight <= 100; weight++)
            {
                var (canary, stable) = CanaryWeightApproximation.Of(replicas, weight, 100, maxSurge);

                (canary + stable).Should().BeInRange(replicas, replicas + maxSurge, "replicas {0}, weight {1}", replicas, weight);
                // e.g. 10 replicas at 95 %: tied between 9 and 10, of which 10 is not allowed; upstream then finds no option and makes no canary
                var tied = maxSurge == 0 && replicas > 1 && weight < 100 && (2 * replicas * weight) == 100 * ((2 * replicas) - 1);
                (canary == 0).Should().Be(weight == 0 || tied || (replicas == 1 && maxSurge == 0 && weight < 50), "replicas {0}, weight {1}", replicas, weight);
            }
        }
    }
}
