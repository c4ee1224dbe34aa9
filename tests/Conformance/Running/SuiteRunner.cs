using System.Runtime.InteropServices;
using Fixtures.Recording;
using Fixtures.Reporting.Terminal;
using Fixtures.Running;
using Spectre.Console;
using Xunit.Runner.Common;
using Xunit.Runner.InProc.SystemConsole;

namespace Conformance.Running;

/// <summary>Runs the chosen scenarios on xunit's in-process runner, with progress of our own.</summary>
internal static class SuiteRunner
{
    public static async Task<int> RunAsync(SuiteOptions options)
    {
        options = options.Seeded();
        var chosen = Selection.Of(options, ScenarioCatalogue.All);
        try
        {
            _ = Launch.Folder;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"no folder for this run: {failure.Message}; make room, or the right to write, in artifacts/ and in the temporary folder (TMPDIR)");
            return ExitCodes.Failed;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        Launch.Options = options;
        Launch.Listener = View(chosen.Count * options.Repeat);
        Launch.WhenReported = options.Keep ? session => KeepAsync(session, stop.Token) : null;

        var troubles = new TroubleSink();
        await ConsoleRunnerInProcess.Run(troubles, null, Assembly(options, chosen), stop);
        foreach (var trouble in troubles.All)
        {
            await Console.Error.WriteLineAsync(trouble);
        }

        if (Launch.Session?.Run is not { } run || troubles.All.Count > 0)
        {
            return ExitCodes.Failed;
        }

        return run.Failure is not null && stop.IsCancellationRequested ? ExitCodes.Stopped
            : run.Verdict == Verdict.Passed && run.Scenarios.Count == chosen.Count * options.Repeat ? ExitCodes.Passed
            : ExitCodes.Failed;
    }

    private static XunitProjectAssembly Assembly(SuiteOptions options, IReadOnlyList<ScenarioInfo> chosen)
    {
        var file = typeof(SuiteRunner).Assembly.Location;
        var metadata = AssemblyUtility.GetAssemblyMetadata(file) ?? throw new InvalidOperationException($"{file} is not a test assembly");
        var assembly = new XunitProjectAssembly(new XunitProject(), file, metadata) { Assembly = typeof(SuiteRunner).Assembly };
        assembly.Configuration.MaxParallelThreads = options.Jobs;
        assembly.Configuration.Seed = options.Seed;
        foreach (var scenario in chosen)
        {
            assembly.Configuration.Filters.AddIncludedMethodFilter(ScenarioCatalogue.MethodOf(scenario));
        }

        return assembly;
    }

    private static IRunListener View(int chosen) =>
        AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Interactive && Environment.GetEnvironmentVariable("CI") is null
            ? new LiveView(AnsiConsole.Console, chosen)
            : new PlainView(Console.Out);

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true; // everything is taken down in order; the process then ends by itself
        if (Launch.Session is { Run: null } session)
        {
            session.Stopped($"stopped by {signal.Signal}");
        }

        stop.Cancel();
    }

    private static async Task KeepAsync(RunSession session, CancellationToken stop)
    {
        Console.WriteLine($"kept      export KUBECONFIG={session.Cluster.Kubeconfig}   (Ctrl-C ends the cluster)");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
