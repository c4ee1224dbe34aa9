using Kubernetes.Controllers.Autoscaling.Metrics;

namespace Kubernetes.Tests.Controllers.Autoscaling;

public sealed class ReplicaCalculatorTests
{
    private static readonly (double, double) Tolerance = (0.1, 0.1);

    [Theory]
    [InlineData(new[] { 100, 100 }, 4)] // twice the target
    [InlineData(new[] { 54, 54 }, 2)] // within a tenth
    [InlineData(new[] { 46, 46 }, 2)]
    [InlineData(new[] { 60, 60, 60, 60, 60 }, 6)]
    [InlineData(new[] { 25, 25 }, 1)]
    public void Sizes_follow_the_ratio_of_usage_to_target(int[] usage, int replicas)
        => Replicas(usage.Length, [.. usage.Select((milli, index) => Sample($"p{index}", milli))]).Should().Be(replicas);

    [Fact]
    public void Pods_without_numbers_speak_against_the_change()
    {
        Replicas(3, Sample("a", 100), Sample("b", 100), Sample("c", null)).Should().Be(4, "the third is taken to use nothing: 200 of 150");
        Replicas(3, Sample("a", 20), Sample("b", 20), Sample("c", null)).Should().Be(3, "the third is taken to use all it requests");
        Replicas(2, Sample("a", 90), Sample("b", 0, ready: false)).Should().Be(2, "an unready pod counts as idle when growing");
        FluentActions.Invoking(() => Replicas(1, Sample("a", null))).Should().Throw<MetricException>().WithMessage("did not receive metrics for targeted pods (pods might be unready)");
    }

    [Fact]
    public void One_number_is_compared_whole_or_shared_by_the_pods()
    {
        ReplicaCalculator.Replicas(3, 3000, 1000, average: false, readyPods: 3, Tolerance).Should().Be(9);
        ReplicaCalculator.Replicas(3, 3000, 1000, average: true, readyPods: 3, Tolerance).Should().Be(3);
        ReplicaCalculator.Replicas(1, 3000, 1000, average: true, readyPods: 1, Tolerance).Should().Be(3);
    }

    // each requests 100m, and half of it is the target
    private static int Replicas(int current, params PodSample[] samples)
        => ReplicaCalculator.Replicas(current, samples, target: 0.5, fallback: 1, waitForReady: true, Tolerance);

    private static PodSample Sample(string name, int? milli, bool ready = true) => new(Objects.Pod(name, ready: ready), milli, 100);
}
