using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.Canary;

/// <summary>R25 in the canary: the reader changes their mind, twice.</summary>
public sealed class Aborting(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "CAN-05",
        "Aborts at 40 %: all pods and all answers are blue again and the Rollout says so; then retries, and the canary starts over at its first step.",
        Rows = ["R13", "R25"],
        Catches =
        [
            "an abort that leaves canary pods with traffic",
            "an abort that is not shown as Degraded",
            "a retry that goes on where the abort was, or does nothing",
        ])]
    public Task An_abort_returns_to_stable_and_a_retry_starts_over() => PlayAsync(CanaryStory.Path, async reader =>
    {
        reader.ComesTo("R13");
        await reader.AddsFurtherSteps();
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        await reader.Chooses("resume");
        await reader.Sees(reader.Rollout, Is.PausedAtStep(3), within: Seconds(60));

        reader.ComesTo("R25");
        await reader.Chooses("abort");
        await reader.Sees(reader.Rollout, Is.Aborted(revision: 2).And(Is.AtStep(0)), within: Seconds(30));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(30));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("blue", reader.Pods).And(Has.ScaledDown("green")), within: Seconds(60));
        var back = reader.Now;
        await reader.KeepsSeeing(reader.Rollout, Is.Aborted(revision: 2), during: Seconds(10));
        await reader.FindsOnly(reader.Active, "blue", from: back);

        await reader.Chooses("retry");
        await reader.Sees(reader.Rollout, Is.PausedAtStep(1), within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Sizes("blue", 8, "green", 2), within: Seconds(30));
        await reader.Sees(reader.Application, Is.Suspended, within: Seconds(30));
    });
}
