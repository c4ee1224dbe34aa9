using Fixtures.Clusters;
using Fixtures.Recording;
using Fixtures.Running;
using Fixtures.Telemetry;

[assembly: AssemblyFixture(typeof(Conformance.Running.SuiteRun))]

namespace Conformance.Running;

/// <summary>The run as xunit's assembly fixture: one cluster for all scenarios, and reports at the end, whoever started the program.</summary>
public sealed class SuiteRun : IAsyncLifetime
{
    /// <summary>The session behind it.</summary>
    internal RunSession Session { get; } = new(Launch.Options, OtlpExport.With(Launch.Listener, Settings.Environment(), TimeProvider.System), ScenarioCatalogue.All, Launch.Folder);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Launch.Session = Session;
        await Session.StartAsync(Targets.StartAsync, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Session.ReportAsync();
            if (Launch.WhenReported is { } kept)
            {
                await kept(Session);
            }
        }
        finally
        {
            await Session.DisposeAsync(); // whatever became of the report, no cluster stays behind
        }
    }
}
