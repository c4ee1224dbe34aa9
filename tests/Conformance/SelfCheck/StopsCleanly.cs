using System.Collections.Concurrent;
using System.Globalization;
using CliWrap;
using FluentAssertions;

namespace Conformance.SelfCheck;

/// <summary>Ctrl-C in the middle of a run: reports are written, and nothing stays behind.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class StopsCleanly
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ctrl_C_ends_a_run_with_130_its_reports_written_and_its_temporary_folder_gone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no signal to send to another process");
        var lines = new ConcurrentQueue<string>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var suite = SuiteProgram.With("--filter", "BG-07", "--seed", "1") // waits for minutes of the cluster's time; two clusters of one seed would want the same addresses
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                lines.Enqueue(line);
                if (line.StartsWith("cluster", StringComparison.Ordinal))
                {
                    begun.SetResult();
                }
            }))
            .ExecuteAsync(Stop);
        await begun.Task.WaitAsync(Stop);

        await Cli.Wrap("kill").WithArguments(["-INT", suite.ProcessId.ToString(CultureInfo.InvariantCulture)]).ExecuteAsync(Stop);
        var result = await suite;

        result.ExitCode.Should().Be(130);
        lines.Should().Contain("failed    the run as a whole: stopped by SIGINT").And.Contain(line => line.StartsWith("report ", StringComparison.Ordinal));
        Directory.Exists(SuiteProgram.Value(lines, "temporary")).Should().BeFalse();
        await SuiteProgram.ResultsAsync(lines, Stop);
    }
}

/// <summary>A second cluster beside the one of the scenarios would take their time.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
