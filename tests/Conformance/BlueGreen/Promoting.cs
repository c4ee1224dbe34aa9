using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.BlueGreen;

/// <summary>R10: Promote-Full.</summary>
public sealed class Promoting(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "BG-05",
        "Promotes from the Rollout's menu in Argo CD under continuous traffic, then waits for the old ReplicaSet to be scaled down.",
        Rows = ["R10"],
        Catches =
        [
            "a switch that is not atomic: mixed colours, or endpoints that are gone too early",
            "RO-25: Degraded while the old ReplicaSet waits",
            "RO-26: an old ReplicaSet that is never scaled down",
            "CD-02, CD-04: actions that are missing or refused",
        ])]
    public Task Promote_Full_switches_the_active_host_once_and_scales_blue_down_after_its_delay() => PlayAsync(BlueGreenStory.Path, PlayAsync);

    [Scenario(
        "BG-10",
        "Syncs a tag that is not in the registry and chooses Promote-Full: the preview host has nobody to answer, the Rollout turns Degraded at its deadline, and the active host never leaves blue.",
        Refuses = ["R9", "R10"],
        Catches = ["RO-08: a promotion to pods that are not there", "a preview that shows the old version as if it were the new one", "an active version that is given up for one that does not start"])]
    public Task A_version_that_does_not_start_is_not_promoted_whoever_asks() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        reader.ComesTo("R9");
        await reader.PushesTheEdit(
            "two pods, and a progress deadline of 20 s",
            text => text.Replace("  replicas: 10\n", "  replicas: 2\n  progressDeadlineSeconds: 20\n"));
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.Syncs("nowhere", instead: "blue");
        await reader.Sees(reader.Preview.Subject, Is.Unavailable, within: Seconds(60));
        reader.ComesTo("R10");
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Rollout, Is.ProgressDeadlineExceeded, within: Seconds(120));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("blue", 2), within: Seconds(1));
        reader.ComesTo("R9", "R10");
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
    });

    /// <summary>The story, which the self-check plays too.</summary>
    internal static async Task PlayAsync(Reader reader)
    {
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.BringsGreenToThePause();
        var paused = reader.Now;
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Active.Subject, Is.Answering("green"), within: Seconds(30));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.ScaledDown("blue").And(Has.Full("green", reader.Pods)), within: Seconds(90));
        await reader.FindsTheDelay("blue", "green", Seconds(30));
        await reader.Sees(reader.Rollout, Is.HealthyRollout, within: Seconds(30));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(30));
        await reader.FindsOneSwitch(reader.Active, "blue", "green", from: deployed);
        await reader.FindsOnly(reader.Preview, "green", from: paused);
    }
}
