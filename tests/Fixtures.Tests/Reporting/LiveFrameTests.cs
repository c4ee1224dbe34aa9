using Fixtures.Recording;
using Fixtures.Reporting.Terminal;
using Spectre.Console;

namespace Fixtures.Tests.Reporting;

/// <summary>The live view's frames as a terminal shows them.</summary>
public sealed class LiveFrameTests
{
    private static readonly RunningScenario Canary = new(
        "CAN-02", "sees Rollout 'can-02/handson' become Paused at step 3", new("Paused", 40, [new("blue", 5, 6), new("green", 4, 4)]), TimeSpan.FromSeconds(12.3));

    private static readonly RunningScenario BlueGreen = new(
        "BG-05", "chooses promote-full [now]", new("Paused", null, [new("bad-green", 0, 10), new("blue", 10, 10)]), TimeSpan.FromSeconds(63));

    [Fact]
    public void A_running_scenario_is_one_line_with_its_weight_its_pods_and_its_step()
    {
        var lines = Show(140, Canary, BlueGreen);

        lines[1].Should().Be("CAN-02     12.3s  ████░░░░░░  40%  b■■■■■□ g■■■■               sees Rollout 'can-02/handson' become Paused at step 3");
        lines[2].Should().Be("BG-05     1m 03s                   !g□□□□□□□□□□ b■■■■■■■■■■    chooses promote-full [now]");
    }

    [Fact]
    public void On_a_narrow_terminal_a_line_stays_one_line()
    {
        var lines = Show(80, Canary, BlueGreen);

        lines.Should().HaveCount(4).And.OnlyContain(line => line.Length < 80);
        lines[1].Should().StartWith("CAN-02     12.3s  ██░░░  40%  b■■□ g■■ ").And.EndWith("…");
    }

    [Fact]
    public void Above_all_stands_where_it_runs_and_below_how_far_it_is()
    {
        var lines = Show(80, Canary);

        lines[0].Should().Be("cluster   embedded");
        lines[^1].Should().Be("━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  6 of 40, 1 failed, 2 skipped, 35.0s");
    }

    [Fact]
    public void More_than_the_terminal_has_lines_for_are_counted() =>
        Show(80, [.. Enumerable.Range(0, 30).Select(_ => Canary)]).Should().HaveCount(24).And.Contain("and 9 more");

    private static string[] Show(int width, params IReadOnlyList<RunningScenario> running)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        var ended = new Dictionary<Verdict, int> { [Verdict.Passed] = 3, [Verdict.Failed] = 1, [Verdict.Skipped] = 2 };
        console.Write(LiveFrame.Of("cluster   embedded", running, ended, 40, TimeSpan.FromSeconds(35), width, height: 25));
        return output.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd()).ToArray();
    }
}
