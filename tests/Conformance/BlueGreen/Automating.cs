using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.BlueGreen;

/// <summary>R7 and R8 under the Auto policy: nobody presses SYNC, nobody presses REFRESH.</summary>
public sealed class Automating(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "BG-07",
        "Creates the application with automatic sync, pushes green and waits for Argo CD's own poll of the branch.",
        Rows = ["R7", "R8"],
        Pods = 4,
        Catches = ["a branch that is not polled", "an automated sync that runs once only"])]
    public Task With_automatic_sync_a_push_is_deployed_without_a_hand() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        reader.ComesTo("R7");
        await reader.CreatesTheApplication(automated: true);
        await reader.Sees(reader.Application, Is.Synced.And(Is.HealthyApplication), within: Seconds(120));
        await reader.Pushes("green", instead: "blue");
        await reader.SeesThePoll(within: Seconds(300));
        reader.ComesTo("R8");
        await reader.Sees(reader.Rollout, Is.Paused("BlueGreenPause"), within: Seconds(120));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.Suspended), within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("blue", reader.Pods).And(Has.Full("green", reader.Pods)), within: Seconds(10));
    });
}
