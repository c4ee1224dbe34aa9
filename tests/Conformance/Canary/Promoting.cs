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
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("green", CanaryStory.Replicas).And(Has.ScaledDown("blue")), within: Seconds(60));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(30));
        await reader.FindsNoPauseAt(3, 5, 7);
        await reader.FindsNoFailedRequest(reader.Active, from: paused);
        await reader.FindsTheShare(reader.Active, "green", percent: 100, other: "green");
    });
}
