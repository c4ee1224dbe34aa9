using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.Canary;

/// <summary>R25: a third version while the second is on its way.</summary>
public sealed class Superseding(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "CAN-06",
        "Syncs yellow while green waits at 40 %: green goes, yellow starts at the first step and can be promoted.",
        Rows = ["R13", "R25"],
        Catches = ["RO-17: a superseded canary whose pods stay, and an update that is stuck"])]
    public Task A_new_version_midway_supersedes_the_canary() => PlayAsync(CanaryStory.Path, async reader =>
    {
        reader.ComesTo("R13");
        await reader.AddsFurtherSteps();
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        await reader.Chooses("resume");
        await reader.Sees(reader.Rollout, Is.PausedAtStep(3), within: Seconds(60));

        reader.ComesTo("R25");
        await reader.Syncs("yellow", instead: "green");
        await reader.Sees(reader.Rollout, Is.PausedAtStep(1), within: Seconds(120));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Sizes("blue", 8, "yellow", 2).And(Has.ScaledDown("green")), within: Seconds(60));
        await reader.FindsTheShare(reader.Active, "yellow", percent: 20, other: "blue");

        await reader.Chooses("promote-full");
        await reader.Sees(reader.Rollout, Is.HealthyRollout, within: Seconds(60));
        await reader.Sees(
            reader.Stage.ReplicaSets(),
            Has.Full("yellow", reader.Pods).And(Has.ScaledDown("blue")).And(Has.ScaledDown("green")),
            within: Seconds(60));
    });
}
