using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.Canary;

/// <summary>R13: step by step.</summary>
public sealed class Stepping(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "CAN-02",
        "Adds steps up to 80 %, promotes two of them by hand and lets two timed ones pass: at every step pods and traffic are as setWeight says.",
        Rows = ["R13"],
        Catches =
        [
            "RO-15: replicas that are not split as the weight says",
            "a promotion that skips more than its own step",
            "a timed pause that is not kept, or never ends",
        ])]
    public Task The_share_of_green_grows_step_by_step() => PlayAsync(CanaryStory.Path, async reader =>
    {
        await reader.AddsFurtherSteps();
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Sizes("blue", 8, "green", 2), within: Seconds(30));
        await reader.FindsTheShare(reader.Active, "green", percent: 20, other: "blue");

        await reader.Chooses("resume");
        await reader.Sees(reader.Rollout, Is.PausedAtStep(3), within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Sizes("blue", 6, "green", 4), within: Seconds(30));
        await reader.FindsTheShare(reader.Active, "green", percent: 40, other: "blue");

        await reader.Chooses("resume");
        await reader.Sees(reader.Rollout, Is.HealthyRollout.And(Is.AtStep(CanaryStory.FurtherStepsCount)), within: Seconds(120));
        await reader.FindsTheSteps("8 blue, 2 green", "6 blue, 4 green", "4 blue, 6 green", "2 blue, 8 green");
        await reader.FindsThePause(step: 5, Seconds(10));
        await reader.FindsThePause(step: 7, Seconds(10));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("green", reader.Pods).And(Has.ScaledDown("blue")), within: Seconds(60));
        await reader.FindsTheShare(reader.Active, "green", percent: 100, other: "green");
    });
    [Scenario(
        "CAN-09",
        "Asks for a weight of 120 %: the Rollout is Degraded with the step and the reason, and no pod is made.",
        Refuses = ["R13"],
        Catches = ["a weight that no traffic can have and is taken for all of it"])]
    public Task A_weight_above_100_is_refused() => PlayAsync(CanaryStory.Path, async reader =>
    {
        await reader.Pushes("a weight of 120 %", "rollout.yaml", "setWeight: 20\n", "setWeight: 120\n");
        await reader.CreatesTheApplication();
        await reader.PressesSync();
        await reader.Sees(
            reader.Rollout,
            Is.Invalid("The Rollout \"handson\" is invalid: spec.strategy.steps[0].setWeight: Invalid value: 120: SetWeight needs to be between 0 and 100"),
            within: Seconds(60));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(30));
        await reader.KeepsSeeing(reader.Stage.Pods(), Has.Pods(""), during: Seconds(5));
    });
}
