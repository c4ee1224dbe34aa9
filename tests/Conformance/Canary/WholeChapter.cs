using Conformance.Language;
using Conformance.Running;
using Fixtures.Stages;
using static Conformance.Language.Duration;

namespace Conformance.Canary;

/// <summary>The chapter as the reader reads it: same names, same order, nothing else; only the host differs, which blue/green takes at the same time.</summary>
public sealed class WholeChapter(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "CAN-00",
        "Does what the chapter says from NEW APP to DELETE, under the tutorial's own names.",
        Rows = ["R12", "R13", "R14", "R15"],
        Catches = ["anything that only shows when the steps follow each other"])]
    public Task The_reader_goes_through_the_whole_chapter() => PlayAsync(StageNames.Tutorial("canary", CanaryStory.Path).WithOwnHosts(), async reader =>
    {
        reader.ComesTo("R12");
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Sizes("blue", 8, "green", 2), within: Seconds(30));
        reader.ComesTo("R13");
        await reader.FindsTheShare(reader.Active, "green", percent: 20, other: "blue");

        reader.ComesTo("R14");
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(120));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("green", reader.Pods).And(Has.ScaledDown("blue")), within: Seconds(60));
        await reader.FindsTheShare(reader.Active, "green", percent: 100, other: "green");

        reader.ComesTo("R15");
        await reader.DeletesTheApplication();
        await reader.Sees(reader.Application, Is.Gone, within: Seconds(120));
        await reader.Sees(reader.Stage.Contents(), Has.Nothing, within: Seconds(120));
    });
}
