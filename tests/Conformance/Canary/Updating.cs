using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.Canary;

/// <summary>R12: a new tag, and the canary beside the stable version.</summary>
public sealed class Updating(SuiteRun suite) : Scenario(suite)
{
    private const string History = "  revisionHistoryLimit: 1\n";

    [Scenario(
        "CAN-01",
        "Syncs green and watches the canary at its pause for a while: two green pods beside eight blue ones, and a fifth of the answers green.",
        Rows = ["R12", "R13"],
        Catches =
        [
            "RO-15: replicas that are not split as the weight says",
            "CD-01: Paused must show as Suspended",
            "a pause without duration that ends by itself",
        ])]
    public Task A_canary_stands_beside_the_stable_ReplicaSet() => PlayAsync(CanaryStory.Path, async reader =>
    {
        reader.ComesTo("R12");
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Sizes("blue", 8, "green", 2), within: Seconds(30));
        await reader.KeepsSeeing(reader.Rollout, Is.PausedAtStep(1), during: Seconds(40));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Sizes("blue", 8, "green", 2), within: Seconds(1));
        reader.ComesTo("R13");
        await reader.FindsTheShare(reader.Active, "green", percent: 20, other: "blue");
    });

    [Scenario(
        "CAN-07",
        "Leaves the canary at its pause for four times its progressDeadlineSeconds: it may never turn Degraded, and can still be promoted.",
        Rows = ["R12", "R25"],
        Catches = ["RO-12: a paused canary that turns Degraded when its progress deadline passes"])]
    public Task A_pause_longer_than_the_progress_deadline_stays_Paused() => PlayAsync(CanaryStory.Path, async reader =>
    {
        reader.ComesTo("R12");
        await reader.Pushes("a progress deadline of 10 s", "rollout.yaml", History, History + "  progressDeadlineSeconds: 10\n");
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        reader.ComesTo("R25");
        await reader.KeepsSeeing(reader.Rollout, Is.PausedAtStep(1), during: Seconds(40));
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Rollout, Is.HealthyRollout, within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("green", reader.Pods).And(Has.ScaledDown("blue")), within: Seconds(60));
    });

    [Scenario(
        "CAN-08",
        "Syncs a tag that is not in the registry: the Rollout turns Degraded at its deadline, and no request ever notices.",
        Refuses = ["R12"],
        Catches = ["a canary that takes traffic before it is ready", "stable pods that are given up for a canary that does not come up"])]
    public Task A_version_that_does_not_start_never_takes_traffic() => PlayAsync(CanaryStory.Path, async reader =>
    {
        await reader.Pushes("a progress deadline of 20 s", "rollout.yaml", History, History + "  progressDeadlineSeconds: 20\n");
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.Syncs("nowhere", instead: "blue");
        await reader.Sees(reader.Rollout, Is.ProgressDeadlineExceeded.And(Is.AtStep(0)), within: Seconds(120));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(60));
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
    });
}
