using ArgoRollouts.Canary;
using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.Tests.Canary;

public sealed class CanaryStepsTests
{
    [Fact]
    public void The_hash_of_steps_is_upstreams()
    {
        Hash(new CanaryStep { Pause = new RolloutPause() }).Should().Be("6b9b86fbd5");
        Hash(new CanaryStep { Pause = new RolloutPause() }, new CanaryStep { Pause = new RolloutPause() }).Should().Be("79c9b9f6bf");
        CanarySteps.Hash(Build.Rollout(new RolloutStrategy { Canary = new CanaryStrategy() })).Should().Be("5ffbfbbd64");
        CanarySteps.Hash(Build.BlueGreen()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 100)]
    public void The_weight_is_that_of_the_last_setWeight_up_to_the_step(int index, int weight)
    {
        var rollout = Build.Canary(10, 10, with: rollout =>
        {
            rollout.Spec.Strategy.Canary!.Steps = [new CanaryStep { SetWeight = 10 }, new CanaryStep { Pause = new RolloutPause() }, new CanaryStep { SetWeight = 20 }];
            rollout.Status.CurrentStepIndex = index;
        });

        CanarySteps.SetWeight(rollout).Should().Be(weight);
    }

    [Fact]
    public void An_aborted_canary_has_no_weight()
        => CanarySteps.SetWeight(Build.Canary(10, 40, with: rollout => rollout.Status.Abort = true)).Should().Be(0);

    [Fact]
    public void A_step_is_told_in_upstreams_words()
    {
        CanarySteps.Text(new CanaryStep { SetWeight = 20 }).Should().Be("setWeight: 20");
        CanarySteps.Text(new CanaryStep { Pause = new RolloutPause() }).Should().Be("pause");
        CanarySteps.Text(new CanaryStep { Pause = new RolloutPause { Duration = "10s" } }).Should().Be("pause: 10s");
        CanarySteps.Text(new CanaryStep { Pause = new RolloutPause { Duration = 10 } }).Should().Be("pause: 10");
        CanarySteps.Text(new CanaryStep { Analysis = new RolloutAnalysis() }).Should().Be("analysis");
        CanarySteps.Text(new CanaryStep { Experiment = new RolloutExperimentStep() }).Should().Be("experiment");
        CanarySteps.Text(new CanaryStep { SetCanaryScale = new SetCanaryScale { Weight = 20 } }).Should().Be("setCanaryScale{weight: 20}");
        CanarySteps.Text(new CanaryStep { SetCanaryScale = new SetCanaryScale { Replicas = 5 } }).Should().Be("setCanaryScale{replicas: 5}");
        CanarySteps.Text(new CanaryStep { SetCanaryScale = new SetCanaryScale { MatchTrafficWeight = true } }).Should().Be("setCanaryScale{matchTrafficWeight: true}");
        CanarySteps.Text(new CanaryStep { SetHeaderRoute = new SetHeaderRoute { Name = "r" } }).Should().Be("setHeaderRoute: r");
        CanarySteps.Text(new CanaryStep()).Should().Be("invalid");
    }

    [Fact]
    public void Other_steps_or_none_recorded_start_the_update_over()
    {
        var rollout = Build.Canary(10, 40);
        CanarySteps.PodTemplateOrStepsChanged(rollout, podTemplateChanged: false).Should().BeTrue();

        rollout.Status.CurrentStepHash = CanarySteps.Hash(rollout);
        CanarySteps.PodTemplateOrStepsChanged(rollout, podTemplateChanged: false).Should().BeFalse();
        CanarySteps.PodTemplateOrStepsChanged(rollout, podTemplateChanged: true).Should().BeTrue();

        rollout.Spec.Strategy.Canary!.Steps![0].SetWeight = 41;
        CanarySteps.PodTemplateOrStepsChanged(rollout, podTemplateChanged: false).Should().BeTrue();
    }

    private static string Hash(params CanaryStep[] steps)
        => CanarySteps.Hash(Build.Rollout(new RolloutStrategy { Canary = new CanaryStrategy { Steps = [.. steps] } }));
}
