using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;

namespace ArgoRollouts.Tests.ReplicaSets;

public sealed class ScaleDownDelayTests
{
    [Fact]
    public void An_old_set_keeps_its_size_and_gets_a_deadline()
        => Delay().Decide(Build.Set("old", 3, 3), 3).Should().Be(new ScaleDownDecision(3, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)));

    [Fact]
    public void Before_its_deadline_a_set_stays_and_is_looked_at_again_then()
        => Delay().Decide(Build.Set("old", 3, 3).WithDeadline(Build.Now.AddSeconds(12)), 3).Should().Be(new ScaleDownDecision(3, LookAgain: TimeSpan.FromSeconds(12)));

    [Fact]
    public void At_its_deadline_a_set_goes() => Delay().Decide(Build.Set("old", 3, 3).WithDeadline(Build.Now), 3).Should().Be(new ScaleDownDecision(0));

    [Fact]
    public void Beyond_the_revision_limit_a_set_goes_at_once()
    {
        var delay = Delay(blueGreen => blueGreen.ScaleDownDelayRevisionLimit = 1);

        delay.Decide(Build.Set("older", 3, 3).WithDeadline(Build.Now.AddSeconds(12)), 3).Replicas.Should().Be(3);
        delay.Decide(Build.Set("oldest", 3, 3).WithDeadline(Build.Now.AddSeconds(12)), 3).Replicas.Should().Be(0);
        delay.Decide(Build.Set("new", 3, 3), 3).Should().Be(new ScaleDownDecision(0));
    }

    [Fact]
    public void The_delay_is_that_of_the_strategy()
        => Delay(blueGreen => blueGreen.ScaleDownDelaySeconds = 7).Decide(Build.Set("old", 3, 3), 3).AddDeadline.Should().Be(TimeSpan.FromSeconds(7));

    [Fact]
    public void With_a_delay_of_zero_the_set_stays_as_upstream_leaves_it()
        => Delay(blueGreen => blueGreen.ScaleDownDelaySeconds = 0).Decide(Build.Set("old", 3, 3), 3).Should().Be(new ScaleDownDecision(3));

    private static ScaleDownDelay Delay(Action<BlueGreenStrategy>? with = null)
    {
        var rollout = Build.BlueGreen(rollout => with?.Invoke(rollout.Spec.Strategy.BlueGreen!));
        return new ScaleDownDelay(new RolloutContext(rollout, Build.Roles(rollout, Build.Set("new", 3, 3)), [], Build.Now));
    }
}
