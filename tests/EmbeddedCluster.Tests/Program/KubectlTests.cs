using CliWrap;
using CliWrap.Buffered;

namespace EmbeddedCluster.Tests.Program;

/// <summary>A person points the real kubectl at the program (CONFORMANCE_KUBECTL, or on the PATH) and looks around.</summary>
public sealed class KubectlTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("embedded-cluster-test-");
    private ClusterProcess? _cluster;

    private string Kubeconfig => Path.Combine(_folder.FullName, "kubeconfig");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Kubectl.SkipWhenMissing();
        _cluster = await ClusterProcess.StartAsync("--kubeconfig", Kubeconfig, "--speed", "5");
    }

    [Fact]
    public async Task It_lists_the_stack_and_describes_applies_watches_and_deletes_what_the_reader_has()
    {
        (await RunAsync("get", "deployments", "-n", "argo-rollouts")).Should().MatchRegex(@"argo-rollouts\s+2/2\s+2\s+2");
        (await RunAsync("get", "rollouts,rs,pods,svc,ingress,applications", "-A"))
            .Should().Contain("pod/ingress-nginx-controller-").And.Contain("service/argo-cd-argocd-server").And.Contain("replicaset.apps/argo-rollouts-");

        (await RunAsync("create", "namespace", "blue-green")).Should().Contain("namespace/blue-green created");
        (await RunAsync("apply", "-n", "blue-green", "-f", Manifest("blue-green")))
            .Should().Contain("rollout.argoproj.io/handson created").And.Contain("service/handson created");
        await RunAsync("wait", "-n", "blue-green", "rollout/handson", "--for=jsonpath={.status.phase}=Healthy", "--timeout=60s");
        (await RunAsync("apply", "-n", "blue-green", "-f", Manifest("blue-green"))).Should().Contain("rollout.argoproj.io/handson unchanged");

        (await RunAsync("get", "rollout", "handson", "-n", "blue-green")).Should().MatchRegex(@"NAME\s+DESIRED\s+CURRENT\s+UP-TO-DATE\s+AVAILABLE\s+AGE");
        (await RunAsync("describe", "rollout", "handson", "-n", "blue-green"))
            .Should().Contain("Auto Promotion Enabled:  false").And.Contain("RolloutCompleted").And.Contain("Events:");
        (await WatchAsync(3, "get", "pods", "-n", "blue-green", "-w")).Should().Contain("Running");

        (await RunAsync("delete", "namespace", "blue-green", "--timeout=60s")).Should().Contain("namespace \"blue-green\" deleted");
        (await RunAsync("get", "rollouts,rs,pods", "-n", "blue-green")).Should().Contain("No resources found in blue-green namespace.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static string Manifest(string application) => Path.Combine(AppContext.BaseDirectory, "manifests", "app", application);

    private async Task<string> RunAsync(params string[] arguments)
    {
        var result = await Command(arguments).ExecuteBufferedAsync(Cancel);
        var output = result.StandardOutput + result.StandardError;
        result.ExitCode.Should().Be(0, $"kubectl {string.Join(' ', arguments)} said: {output}");
        return output;
    }

    /// <summary>The first lines of a command that goes on by itself.</summary>
    private async Task<string> WatchAsync(int lines, params string[] arguments)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var seen = new List<string>();
        var watching = Command(arguments) | (async (string line, CancellationToken _) =>
        {
            seen.Add(line);
            if (seen.Count == lines)
            {
                await enough.CancelAsync();
            }
        });
        await FluentActions.Awaiting(() => watching.ExecuteAsync(enough.Token).Task).Should().ThrowAsync<OperationCanceledException>("a watch goes on until it is stopped");
        return string.Join('\n', seen);
    }

    private Command Command(string[] arguments)
        => Cli.Wrap(Kubectl.Path!).WithArguments(["--kubeconfig", Kubeconfig, "--cache-dir", Path.Combine(_folder.FullName, "cache"), .. arguments])
            .WithValidation(CommandResultValidation.None);
}
