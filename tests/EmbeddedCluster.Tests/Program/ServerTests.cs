using System.Runtime.Versioning;
using Controllers.Runtime.Client;
using k8s;

namespace EmbeddedCluster.Tests.Program;

/// <summary><c>server</c>: what starts k3s can start it.</summary>
[UnsupportedOSPlatform("windows")] // file modes and signals
public sealed class ServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("embedded-cluster-test-");

    private string Kubeconfig => Path.Combine(_folder.FullName, "rancher", "k3s.yaml");

    [Fact]
    public async Task It_starts_a_bare_cluster_as_k3s_does_and_publishes_its_clock()
    {
        await using var cluster = await ClusterProcess.StartAsync(
            "server", "--disable=traefik", "--https-listen-port", "0", "--write-kubeconfig", Kubeconfig, "--speed", "20", "--tls-san", "k3s.example.com");

        cluster.Output.Should().MatchRegex("time=\"[^\"]+Z\" level=info msg=\"Node controller sync successful\"");
        File.GetUnixFileMode(Kubeconfig).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var api = new ApiClient(KubernetesClientConfiguration.BuildConfigFromConfigFile(Kubeconfig), "test");
        (await api.ListAsync(Resources.Deployments, cancel: TestContext.Current.CancellationToken)).Items.Should().BeEmpty();
        (await ClusterClock.ReadAsync(api, TestContext.Current.CancellationToken))!.Speed.Should().Be(20);

        (await cluster.SignalAsync("TERM")).Should().Be(0, cluster.Output);
        File.Exists(Kubeconfig).Should().BeFalse();
    }

    [Theory]
    [InlineData("--disable=everything", "--disable: there is no packaged component 'everything'; there are coredns, servicelb, traefik")]
    [InlineData("--bind-address=here", "--bind-address must be an IP address")]
    [InlineData("--cluster-init", "--cluster-init")]
    public async Task A_wrong_flag_is_named(string flag, string message)
    {
        await using var cluster = await ClusterProcess.StartAsync("server", flag);

        (await cluster.EndAsync()).Should().NotBe(0);
        cluster.Output.Should().Contain(message);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
