using Kubernetes.Node.Programs;

namespace Kubernetes.Tests.Node;

/// <summary>Local programs and the signals that end them.</summary>
public sealed class ProcessGroupTests
{
    [Fact]
    public async Task A_signal_right_after_the_start_is_heard()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals");
        var settings = new ProcessSettings("/bin/sleep", ["100000"], new Dictionary<string, string> { ["PATH"] = ProcessSettings.Path });
        var stop = new CancellationToken(canceled: true);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));

        // a session that is not there yet is a matter of a fraction of a millisecond
        for (var turn = 0; turn < 100; turn++)
        {
            using var process = ProcessGroup.Start(settings, Path.GetTempPath(), TextWriter.Null);
            (await process.WaitAsync(stop, CancellationToken.None).WaitAsync(patience.Token)).Should().Be(128 + 15);
        }
    }
}
