using Fixtures.Recording;
using Fixtures.Reporting.Terminal;
using Fixtures.Running;
using Spectre.Console;

namespace Fixtures.Tests.Reporting;

/// <summary>What the live view leaves on the terminal.</summary>
public sealed class LiveViewTests
{
    private readonly StringWriter _output = new();

    [Fact]
    public async Task What_failed_is_printed_complete_what_passed_is_a_row_of_the_table()
    {
        await PlayAsync(SampleRun.Mixed);

        var text = _output.ToString();
        text.Should().Contain("failed    BG-06  Deleting leaves <nothing>").And.Contain("at step 2: nothing is left").And.Contain("  expected  0 pods");
        text.Should().Contain("skipped   AP-01  A query decides no Prometheus on this machine");
        text.Should().NotContain("passed    BG-05");
        text.Should().MatchRegex(@"R10 +passed +Promote-Full .* 1 *\n").And.MatchRegex(@"R11 +failed +.* BG-06 of 1 *\n").And.NotMatchRegex(@"R1 +not covered");
        text.Should().Contain("scenarios 1 passed, 1 failed, 1 skipped").And.Contain("report    artifacts/1/index.html");
    }

    private async Task PlayAsync(RunRecord run)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(_output) });
        console.Profile.Width = 140;
        await using var view = new LiveView(console, run.Scenarios.Count);
        var folder = new RunFolder("1", "artifacts/1", "tmp");
        view.RunStarted(folder);
        view.ClusterReady(run.Cluster!);
        foreach (var scenario in run.Scenarios)
        {
            view.ScenarioStarted(scenario.Info);
            view.StepStarted(scenario.Info, "the reader deletes");
            view.ScenarioObserved(scenario.Info, new ScenarioPicture("Healthy", 100, [new("blue", 1, 1)]));
            view.ScenarioEnded(scenario);
        }

        view.RunEnded(run, folder);
    }
}
