using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.BlueGreen;

/// <summary>R7 to R9: a new tag in Git, and the pause before it goes live.</summary>
public sealed class Updating(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "BG-03",
        "Pushes the green tag, watches the pods for a while, then refreshes: only the Rollout is OutOfSync and no pod was replaced.",
        Rows = ["R7"],
        Pods = 4,
        Catches = ["a push that deploys by itself under manual sync", "differences reported on resources that nobody changed"])]
    public Task A_push_alone_changes_no_pod() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        await reader.DeploysBlue();
        var pods = Has.Pods(Views.PodNames(reader.Stage.History.State));
        await reader.Pushes("green", instead: "blue");
        await reader.KeepsSeeing(reader.Stage.Pods(), pods, during: Seconds(20));
        await reader.PressesRefresh();
        await reader.Sees(reader.Application, Is.OutOfSync.And(Is.HealthyApplication), within: Seconds(30));
        await reader.Sees(reader.Stage.Resources(), Has.OnlyOutOfSync("Rollout/handson"), within: Seconds(1));
        await reader.KeepsSeeing(reader.Stage.Pods(), pods, during: Seconds(20));
    });

    [Scenario(
        "BG-04",
        "Syncs green and looks at both hosts while the Rollout waits, for longer than a scale-down delay.",
        Rows = ["R8", "R9"],
        Catches =
        [
            "CD-01: Paused must show as Suspended",
            "CD-08: the health must follow without a change in Git",
            "RO-08: an active service that moves before promotion",
            "CD-04: a menu that does not follow the Rollout's state",
            "a preview service that goes back to the old ReplicaSet",
        ])]
    public Task After_Sync_both_ReplicaSets_stand_and_the_active_host_stays_blue() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        reader.ComesTo("R8");
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.BringsGreenToThePause();
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("blue", reader.Pods).And(Has.Full("green", reader.Pods)), within: Seconds(10));
        await reader.FindsInTheMenu(enabled: ["abort", "promote-full", "restart", "resume"], disabled: ["retry"]);
        reader.ComesTo("R9");
        await reader.Sees(reader.Preview.Subject, Is.Answering("green"), within: Seconds(10));
        var paused = reader.Now;
        reader.ComesTo("R8", "R9");
        await reader.KeepsSeeing(reader.Rollout, Is.Paused("BlueGreenPause"), during: Seconds(40));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("blue", reader.Pods).And(Has.Full("green", reader.Pods)), within: Seconds(1));
        reader.ComesTo("R9");
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
        await reader.FindsOnly(reader.Preview, "green", from: paused);
    });
}
