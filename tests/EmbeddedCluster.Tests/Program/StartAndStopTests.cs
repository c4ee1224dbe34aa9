using System.Net.Sockets;
using System.Runtime.Versioning;

namespace EmbeddedCluster.Tests.Program;

[UnsupportedOSPlatform("windows")] // file modes and signals
public sealed class StartAndStopTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("embedded-cluster-test-");

    private string Kubeconfig => Path.Combine(_folder.FullName, "kubeconfig");

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_says_ready_and_a_signal_ends_it_without_leftovers(string signal)
    {
        await using var cluster = await ClusterProcess.StartAsync("--kubeconfig", Kubeconfig);

        cluster.Output.Should().Contain("ready").And.Contain("https://127.0.0.1:").And.Contain("http://127.0.0.1:");
        File.GetUnixFileMode(Kubeconfig).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        (await cluster.SignalAsync(signal)).Should().Be(0, cluster.Output);
        File.Exists(Kubeconfig).Should().BeFalse("the cluster that it leads to is gone");
        Directory.EnumerateFileSystemEntries(Path.GetTempPath(), "argo-conformance-*").Where(entry => entry.Contains($"-{cluster.ProcessId}-"))
            .Should().BeEmpty("nothing of the run stays behind");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_and_nothing_stays_behind()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        await using var cluster = await ClusterProcess.StartAsync("--kubeconfig", Kubeconfig, "--api-port", $"{port}");

        (await cluster.EndAsync()).Should().Be(1);
        cluster.Output.Should().Contain($"127.0.0.1:{port}").And.Contain("--api-port").And.NotContain("   at ", "a person is told what to do, not where it broke");
        File.Exists(Kubeconfig).Should().BeFalse();
    }

    [Fact]
    public async Task A_manifest_that_is_none_is_named_with_its_file()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "broken.yaml"), "apiVersion: v1\nmetadata: {name: x}\n", TestContext.Current.CancellationToken);

        await using var cluster = await ClusterProcess.StartAsync("--manifests", _folder.FullName);

        (await cluster.EndAsync()).Should().Be(1);
        cluster.Output.Should().Contain("broken.yaml").And.Contain("Object 'Kind' is missing").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("--speed 0", "--speed must be greater than 0")]
    [InlineData("--manifests /nowhere/at/all", "there is no folder '/nowhere/at/all'")]
    [InlineData("--kubeconfg x", "--kubeconfg")]
    public async Task A_wrong_option_is_named(string arguments, string message)
    {
        await using var cluster = await ClusterProcess.StartAsync(arguments.Split(' '));

        (await cluster.EndAsync()).Should().NotBe(0);
        cluster.Output.Should().Contain(message);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
