using System.Diagnostics;
using CliWrap;
using Fixtures.Running;

namespace Fixtures.Tests.Running;

public sealed class ProcessorTimeTests
{
    // pid (name) state ppid … utime stime cutime cstime …
    private static string Stat(int id, int parent, int user, int system, int ended = 0, string name = "sh") => $"{id} ({name}) S {parent} 1 1 0 -1 0 0 0 0 0 {user} {system} {ended} {ended} 20 0 1 0 1 1";

    [Fact]
    public void It_is_that_of_all_descendants_those_that_have_ended_included()
    {
        var own = Stat(10, 1, 9999, 9999, ended: 50);

        ProcessorTime.Of(own, [Stat(1, 0, 700, 700), own, Stat(11, 10, 100, 20, name: "a) b (c"), Stat(12, 11, 30, 0, ended: 5), Stat(13, 1, 800, 0)])
            .Should().Be(TimeSpan.FromSeconds(1 + 1.2 + 0.3 + 0.1));
    }

    [Fact]
    public async Task A_program_that_has_ended_is_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /proc");
        var before = ProcessorTime.Now();

        await Cli.Wrap("sh").WithArguments(["-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"]).ExecuteAsync(TestContext.Current.CancellationToken);

        ProcessorTime.Now().Programs.Should().BeGreaterThan(before.Programs!.Value);
        ProcessorTime.Now().Own.Should().BeGreaterThanOrEqualTo(before.Own);
    }

    [Fact]
    public void A_program_that_still_runs_is_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /proc");
        var before = ProcessorTime.Now().Programs!.Value;
        using var program = Process.Start(new ProcessStartInfo("sh", ["-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done; read rest"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        program.StandardOutput.ReadLine().Should().Be("done");

        var seen = ProcessorTime.Now().Programs!.Value;

        program.StandardInput.Close();
        program.WaitForExit();
        seen.Should().BeGreaterThan(before);
    }
}
