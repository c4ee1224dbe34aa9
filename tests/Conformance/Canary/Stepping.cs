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
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("green", CanaryStory.Replicas).And(Has.ScaledDown("blue")), within: Seconds(60));
        await reader.FindsTheShare(reader.Active, "green", percent: 100, other: "green");
    });
}
