using Conformance.Language;
using static Conformance.Language.Duration;

namespace Conformance.Canary;

/// <summary>How far the reader gets in the chapter, as the scenarios' beginnings.</summary>
internal static class CanaryStory
{
    /// <summary>Where the manifests are.</summary>
    public const string Path = "app/canary";

    /// <summary>How many steps there are after <see cref="AddsFurtherSteps"/>.</summary>
    public const int FurtherStepsCount = 8;

    private const string LastOfTheChaptersSteps = "        - pause: {}\n";

    private const string FurtherSteps = """
                - pause: {}
                - setWeight: 40
                - pause: {}
                - setWeight: 60
                - pause: {duration: 10s}
                - setWeight: 80
                - pause: {duration: 10}

        """;

    /// <summary>R13 needs more than one weight to see a share grow: 40 % waits for the reader, 60 and 80 % go on by themselves.</summary>
    public static Task AddsFurtherSteps(this Reader reader) =>
        reader.Pushes("further steps, up to 80 %", "rollout.yaml", LastOfTheChaptersSteps, FurtherSteps);

    /// <summary>The application is deployed in blue, without steps, and the host is open.</summary>
    public static async Task DeploysBlue(this Reader reader)
    {
        await reader.DeploysTheApplication();
        reader.OpensTheHost();
        await reader.Sees(reader.Active.Subject, Is.Answering("blue"), within: Seconds(30));
    }

    /// <summary>R12: green is pushed and synced, and the canary waits at 20 %.</summary>
    public static async Task BringsGreenToThePause(this Reader reader)
    {
        await reader.Syncs("green", instead: "blue");
        await reader.Sees(reader.Rollout, Is.PausedAtStep(1), within: Seconds(120));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.Suspended), within: Seconds(60));
    }
}
