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

    /// <summary>The story, which the self-check plays too.</summary>
    internal static async Task PlayAsync(Reader reader)
    {
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.BringsGreenToThePause();
        var paused = reader.Now;
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Active.Subject, Is.Answering("green"), within: Seconds(30));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.ScaledDown("blue").And(Has.Full("green", BlueGreenStory.Replicas)), within: Seconds(90));
        await reader.FindsTheDelay("blue", "green", Seconds(30));
        await reader.Sees(reader.Rollout, Is.HealthyRollout, within: Seconds(30));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(30));
        await reader.FindsOneSwitch(reader.Active, "blue", "green", from: deployed);
        await reader.FindsOnly(reader.Preview, "green", from: paused);
    }
}
