using Conformance.Language;
using static Conformance.Language.Duration;

namespace Conformance.BlueGreen;

/// <summary>How far the reader gets in the chapter, as the scenarios' beginnings.</summary>
internal static class BlueGreenStory
{
    /// <summary>Where the manifests are.</summary>
    public const string Path = "app/blue-green";

    /// <summary>R5, R6: the application is deployed in blue, and the hosts are open.</summary>
    public static async Task DeploysBlue(this Reader reader)
    {
        await reader.DeploysTheApplication();
        reader.OpensTheHosts();
        await reader.Sees(reader.Active.Subject, Is.Answering("blue"), within: Seconds(30));
        await reader.Sees(reader.Preview.Subject, Is.Answering("blue"), within: Seconds(30));
    }

    /// <summary>R7, R8: green is pushed and synced, and the Rollout waits for the reader.</summary>
    public static async Task BringsGreenToThePause(this Reader reader)
    {
        await reader.Syncs("green", instead: "blue");
        await reader.SeesThePause();
    }

    /// <summary>The update that was synced waits for the reader.</summary>
    public static async Task SeesThePause(this Reader reader)
    {
        await reader.Sees(reader.Rollout, Is.Paused("BlueGreenPause"), within: Seconds(120));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.Suspended), within: Seconds(60));
    }
}
