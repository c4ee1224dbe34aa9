using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.BlueGreen;

/// <summary>R9 to the end: the reader looks at green and changes their mind.</summary>
public sealed class Aborting(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "BG-08",
        "Aborts the paused update from the Rollout's menu: the active host never leaves blue, and green is scaled down after the abort's delay.",
        Rows = ["R9"],
        Pods = 4,
        Catches = ["RO-11: a preview ReplicaSet that stays after an abort, or goes too early", "an abort that touches the active service"])]
    public Task An_abort_before_promotion_keeps_blue_live_and_scales_green_down() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.BringsGreenToThePause();
        await reader.Chooses("abort");
        await reader.Sees(reader.Rollout, Is.Aborted(revision: 2), within: Seconds(30));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(30));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.ScaledDown("green").And(Has.Full("blue", reader.Pods)), within: Seconds(90));
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
    });
}
