using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.Canary;

/// <summary>R14: Promote-Full in the middle.</summary>
public sealed class Promoting(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "CAN-03",
        "Promotes fully at the first of four weights: no further pause is ever seen, every pod becomes green and no request fails.",
        Rows = ["R14"],
        Catches =
        [
            "RO-24: a promoteFull that does not skip, or is not reset",
            "a Promote-Full that stops at the next pause",
            "stable pods that go before the canary's are there",
        ])]
    public Task Promote_Full_skips_the_remaining_steps() => PlayAsync(CanaryStory.Path, async reader =>
    {
        await reader.AddsFurtherSteps();
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        var paused = reader.Now;
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Rollout, Is.HealthyRollout.And(Is.AtStep(CanaryStory.FurtherStepsCount)), within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("green", reader.Pods).And(Has.ScaledDown("blue")), within: Seconds(60));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(30));
        await reader.FindsNoPauseAt(3, 5, 7);
        await reader.FindsNoFailedRequest(reader.Active, from: paused);
        await reader.FindsTheShare(reader.Active, "green", percent: 100, other: "green");
    });
    [Scenario(
        "CAN-10",
        "Chooses Promote-Full when nothing is left to promote, and for a tag that is not in the registry: the first is greyed out and changes nothing, the second ends at the deadline with blue still there.",
        Refuses = ["R14"],
        Catches = ["a promotion of nothing that is remembered for the next update", "stable pods that are given up for a canary that does not come up"])]
    public Task Promote_Full_promotes_neither_nothing_nor_what_does_not_start() => PlayAsync(CanaryStory.Path, async reader =>
    {
        await reader.PushesTheEdit(
            "four pods, and a progress deadline of 20 s",
            text => text.Replace("  replicas: 10\n", "  replicas: 4\n  progressDeadlineSeconds: 20\n"));
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.FindsInTheMenu(enabled: ["restart"], disabled: ["abort", "promote-full", "resume", "retry"]);
        var pods = Has.Pods(Views.PodNames(reader.Stage.History.State));
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Rollout, Is.NotBeingPromoted, within: Seconds(30));
        await reader.KeepsSeeing(reader.Stage.Pods(), pods, during: Seconds(5));

        await reader.Syncs("nowhere", instead: "blue");
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Some("nowhere"), within: Seconds(60));
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Rollout, Is.ProgressDeadlineExceeded, within: Seconds(120));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(60));
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
    });
}
