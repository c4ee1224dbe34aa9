using Conformance.Language;
using Conformance.Running;
using Fixtures.Stages;
using static Conformance.Language.Duration;

namespace Conformance.BlueGreen;

/// <summary>The chapter as the reader reads it: same names, same order, nothing else.</summary>
public sealed class WholeChapter(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "BG-00",
        "Does what the chapter says from NEW APP to DELETE, under the tutorial's own names and hosts.",
        Rows = ["R5", "R6", "R7", "R8", "R9", "R10", "R11"],
        Catches = ["anything that only shows when the steps follow each other"])]
    public Task The_reader_goes_through_the_whole_chapter() => PlayAsync(StageNames.Tutorial("blue-green", BlueGreenStory.Path), async reader =>
    {
        reader.ComesTo("R5");
        await reader.CreatesTheApplication();
        await reader.Sees(reader.Application, Is.OutOfSync.And(Is.Missing), within: Seconds(30));
        await reader.Sees(reader.Stage.Contents(), Has.Nothing, within: Seconds(1));

        reader.ComesTo("R6");
        await reader.PressesSync();
        await reader.Sees(reader.Application, Is.Synced.And(Is.HealthyApplication), within: Seconds(120));
        reader.OpensTheHosts();
        await reader.Sees(reader.Active.Subject, Is.Answering("blue"), within: Seconds(30));
        await reader.Sees(reader.Preview.Subject, Is.Answering("blue"), within: Seconds(30));
        var deployed = reader.Now;

        reader.ComesTo("R7");
        await reader.Pushes("green", instead: "blue");
        await reader.PressesRefresh();
        await reader.Sees(reader.Application, Is.OutOfSync, within: Seconds(30));

        reader.ComesTo("R8");
        await reader.PressesSync();
        await reader.SeesThePause();
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("blue", reader.Pods).And(Has.Full("green", reader.Pods)), within: Seconds(10));

        reader.ComesTo("R9");
        await reader.Sees(reader.Preview.Subject, Is.Answering("green"), within: Seconds(10));
        await reader.FindsOnly(reader.Active, "blue", from: deployed);

        reader.ComesTo("R10");
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Active.Subject, Is.Answering("green"), within: Seconds(30));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.ScaledDown("blue").And(Has.Full("green", reader.Pods)), within: Seconds(90));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(30));
        await reader.FindsOneSwitch(reader.Active, "blue", "green", from: deployed);

        reader.ComesTo("R11");
        await reader.DeletesTheApplication();
        await reader.Sees(reader.Application, Is.Gone, within: Seconds(120));
        await reader.Sees(reader.Stage.Contents(), Has.Nothing, within: Seconds(120));
    });
}
