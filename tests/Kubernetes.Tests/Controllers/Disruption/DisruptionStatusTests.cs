using k8s.Models;
using Kubernetes.Controllers.Disruption;

namespace Kubernetes.Tests.Controllers.Disruption;

public sealed class DisruptionStatusTests
{
    [Theory]
    [InlineData("2", null, 3, 3, 2, 1)]
    [InlineData("50%", null, 3, 3, 2, 1)]
    [InlineData(null, "1", 3, 3, 2, 1)]
    [InlineData(null, "30%", 3, 3, 2, 1)] // rounded up
    [InlineData("3", null, 3, 3, 3, 0)]
    [InlineData("1", null, 2, 3, 1, 1)]
    public void What_may_go_is_what_is_healthy_beyond_what_is_needed(string? min, string? max, int healthy, int wanted, int desired, int allowed)
    {
        var pods = Enumerable.Range(0, 3).Select(index => Objects.Pod($"p{index}", ready: index < healthy)).ToList();

        var status = DisruptionStatusFrom.Observed(Budget(min, max), pods, wanted, Objects.Now);

        (status.CurrentHealthy, status.DesiredHealthy, status.ExpectedPods, status.DisruptionsAllowed).Should().Be((healthy, desired, 3, allowed));
        status.Conditions.Should().ContainSingle(condition => condition.Type == "DisruptionAllowed" && condition.Reason == (allowed > 0 ? "SufficientPods" : "InsufficientPods"));
    }

    [Fact]
    public void An_evicted_pod_does_not_count_until_two_minutes_have_passed_without_its_deletion()
    {
        var budget = Budget("1", null);
        budget.Status = new V1PodDisruptionBudgetStatus { DisruptedPods = new Dictionary<string, DateTime?> { ["a"] = Objects.Now.AddSeconds(-119), ["b"] = Objects.Now.AddSeconds(-121) } };

        var status = DisruptionStatusFrom.Observed(budget, [Objects.Pod("a"), Objects.Pod("b")], 2, Objects.Now);

        status.CurrentHealthy.Should().Be(1);
        status.DisruptedPods.Keys.Should().Equal("a");
        DisruptionStatusFrom.NextExpiry(status).Should().Be(Objects.Now.AddSeconds(1));
    }

    private static V1PodDisruptionBudget Budget(string? min, string? max) => new()
    {
        Metadata = new V1ObjectMeta { Name = "few", Generation = 4 },
        Spec = new V1PodDisruptionBudgetSpec { MinAvailable = min is null ? (IntOrString?)null : min, MaxUnavailable = max is null ? (IntOrString?)null : max },
    };
}
