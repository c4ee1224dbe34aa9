using Conformance.Language;
using static Conformance.Language.Duration;

namespace Conformance.Analysis;

/// <summary>What the chapter's analyses after a blue/green promotion have in common.</summary>
internal static class AnalysisStory
{
    /// <summary>The application is deployed in blue, and the hosts are open. A first deployment is not analysed.</summary>
    public static async Task DeploysBlue(this Reader reader)
    {
        await reader.DeploysTheApplication();
        reader.OpensTheHosts();
        await reader.Sees(reader.Active.Subject, Is.Answering("blue"), within: Seconds(30));
    }

    /// <summary>Green is pushed and synced; from here on nobody presses anything.</summary>
    public static Task SyncsGreen(this Reader reader) => reader.Syncs("green", instead: "blue");

    /// <summary>Green became the stable version by itself: its pods all there, blue scaled down, the active host green.</summary>
    public static async Task SeesGreenStay(this Reader reader)
    {
        await reader.Sees(reader.Rollout, Is.HealthyRollout, within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("green", reader.Pods).And(Has.ScaledDown("blue")), within: Seconds(90));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(30));
        await reader.Sees(reader.Active.Subject, Is.Answering("green"), within: Seconds(10));
    }

    /// <summary>The update was taken back for what the analysis said: the active host is blue again and stays it.</summary>
    public static async Task SeesTheRollback(this Reader reader, string because)
    {
        await reader.Sees(reader.Rollout, Is.Aborted(revision: 2, $"Blue/green post-promotion analysis phase error/failed: {because}"), within: Seconds(60));
        var aborted = reader.Now;
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(30));
        await reader.Sees(reader.Active.Subject, Is.Answering("blue"), within: Seconds(30));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("blue", reader.Pods).And(Has.ScaledDown("green")), within: Seconds(90));
        await reader.FindsTheWayBack(reader.Active, "green", "blue", from: aborted);
    }
}
