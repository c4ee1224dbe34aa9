using Conformance.Language;
using Conformance.Running;
using Fixtures.ArgoCd;
using Fixtures.Extensions;
using static Conformance.Language.Duration;

namespace Conformance.Setup;

/// <summary>R3: the rollout-extension in Argo CD's page, by the chart's <c>server.extensions</c>.</summary>
public sealed class Extending(SuiteRun suite) : Scenario(suite)
{
    private const string Path = "app/canary";

    /// <summary>The run's one Argo CD can have one mistake at a time: repetitions take turns.</summary>
    private static readonly SemaphoreSlim Turn = new(1);

    [Scenario(
        "SET-03",
        "Installs the rollout-extension as the chart does, by an init container that downloads it, and finds its script served, registered for Rollouts.",
        Rows = ["R3"],
        Catches = ["an extension that is downloaded and not served", "CD-12: an extension that breaks the others: each is guarded"])]
    public Task Argo_CD_serves_the_rollout_extension() => PlayAloneAsync(Path, async reader =>
    {
        await using var release = await ExtensionRelease.StartAsync(reader.Stage.Cluster.SuiteReach, reader.Stop);
        await using var page = ExtensionReadings.Of(reader.Stage.Cluster);
        await reader.WatchesTheServer();
        await reader.Sees(page.Subject, Has.NoTab, within: Seconds(10));

        await reader.InstallsTheExtension(release.Archive, release.Checksums);
        await reader.Sees(page.Subject, Has.Tab("Rollout on argoproj.io/Rollout", "extensions-Rollout.js"), within: Seconds(120));
        await reader.Sees(reader.Stage.ArgoCdServer(), Is.ReadyDeployment(1), within: Seconds(60));
        await reader.IsStillLetIn();
    });

    [Scenario(
        "SET-05",
        "Mistypes the extension's address: the new server's init container fails with the reason in its log, and the server that runs keeps serving, without a tab.",
        Refuses = ["R3"],
        Catches = ["CD-13: a failed download that passes unnoticed, or takes the running Argo CD down"])]
    public async Task An_extension_that_is_not_there_leaves_the_running_server_alone()
    {
        await Turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await PlayAsync(Path, MistypesTheAddress);
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task MistypesTheAddress(Reader reader)
    {
        await using var release = await ExtensionRelease.StartAsync(reader.Stage.Cluster.SuiteReach, reader.Stop);
        await using var page = ExtensionReadings.Of(reader.Stage.Cluster);
        await reader.WatchesTheServer();
        var before = await reader.Stage.ServerBeforeAsync(reader.Stop);
        await reader.InstallsTheExtension(new Uri(release.Archive, "extensions.tar"));
        try
        {
            await reader.Sees(reader.Stage.InstallerPod(), Is.FailingInit(exitCode: 22), within: Seconds(60));
            await reader.FindsInTheInstallersLog(
                "curl: (22) The requested URL returned error: 404", "ERROR: failed to install rollout-extension extension: error code: 22");
            await reader.KeepsSeeing(page.Subject, Has.NoTab, during: Seconds(10));
            await reader.IsStillLetIn();
        }
        finally
        {
            await reader.TakesTheExtensionBack(before);
        }

        await reader.Sees(reader.Stage.InstallerPod(), Is.Gone, within: Seconds(120));
        await reader.Sees(reader.Stage.ArgoCdServer(), Is.ReadyDeployment(1), within: Seconds(60));
    }
}
