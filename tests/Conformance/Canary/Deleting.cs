using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.Canary;

/// <summary>R15: DELETE.</summary>
public sealed class Deleting(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "CAN-04",
        "Deletes the application while its canary is paused, so that two ReplicaSets must go, and looks for anything left.",
        Rows = ["R15"],
        Catches = ["a finalizer that is stuck", "ReplicaSets or pods that outlive their Rollout"])]
    public Task Deleting_a_paused_canary_leaves_nothing_of_it() => PlayAsync(CanaryStory.Path, async reader =>
    {
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        await reader.DeletesTheApplication();
        await reader.Sees(reader.Application, Is.Gone, within: Seconds(120));
        await reader.Sees(reader.Stage.Contents(), Has.Nothing, within: Seconds(120));
        await reader.KeepsSeeing(reader.Stage.Contents(), Has.Nothing, during: Seconds(10));
        await reader.Sees(reader.Active.Subject, Is.Answering("404 Not Found"), within: Seconds(30));
    });
}
