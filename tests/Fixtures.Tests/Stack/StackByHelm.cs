using Controllers.Runtime.Client;
using EmbeddedCluster;
using Fixtures.Stack;

namespace Fixtures.Tests.Stack;

/// <summary>The real helm installs the suite's stack on a bare embedded cluster.</summary>
public sealed class StackByHelm : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stack-by-helm-").FullName;
    private Cluster _cluster = null!;
    private HelmProgram _helm = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var kubeconfig = Path.Combine(_folder, "kubeconfig");
        _cluster = await Cluster.StartAsync(new ClusterOptions { WithStack = false, Speed = 10, KubeconfigPath = kubeconfig }, Stop);
        _helm = new HelmProgram(await RealHelm.FindOrSkipAsync(), kubeconfig, null, _folder, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_stack_is_installed_at_the_versions_asked_for_and_removed_again()
    {
        var waves = Waves("argo-rollouts", "ingress-nginx");
        var progress = new List<string>();
        var installer = new StackInstaller(_helm, _cluster.Client, new Lines(progress), TimeProvider.System, TimeSpan.FromMinutes(2));

        await installer.InstallAsync(waves, Stop);

        var rollouts = await _cluster.Client.GetAsync(Resources.Deployments, "argo-rollouts", "argo-rollouts", Stop);
        rollouts.Spec.Template.Spec.Containers.Single().Image.Should().Be("quay.io/argoproj/argo-rollouts:v1.8.4");
        rollouts.Status.ReadyReplicas.Should().Be(2);
        progress.Should().Contain(line => line.StartsWith("installed  argo-rollouts"));

        await installer.UninstallAsync(waves, Stop);
        (await _cluster.Client.FindAsync(Resources.Deployments, "argo-rollouts", "argo-rollouts", Stop)).Should().BeNull();
    }

    [Fact]
    public async Task A_release_that_does_not_become_ready_is_explained_by_its_pods()
    {
        var chart = Directory.CreateDirectory(Path.Combine(_folder, "argo-rollouts")).FullName;
        Directory.CreateDirectory(Path.Combine(chart, "templates"));
        await File.WriteAllTextAsync(Path.Combine(chart, "Chart.yaml"), "apiVersion: v2\nname: argo-rollouts\nversion: 1.0.0\n", Stop);
        await File.WriteAllTextAsync(
            Path.Combine(chart, "templates", "pod.yaml"),
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: broken }
            spec:
              selector: { matchLabels: { app: broken } }
              template:
                metadata: { labels: { app: broken } }
                spec:
                  initContainers: [{ name: first, image: "alpine:3.8", command: [sh, -c, "echo nothing works here; exit 3"] }]
                  containers: [{ name: main, image: "alpine:3.8", command: [sh, -c, "exit 0"] }]
            """,
            Stop);
        var release = Helmfile.Read().Releases.Single(release => release.Name == "argo-rollouts");
        var installer = new StackInstaller(_helm, _cluster.Client, new Lines([]), TimeProvider.System, TimeSpan.FromSeconds(8));

        var act = () => installer.InstallAsync([[new HelmInstall(release with { Values = [] }, chart, null, null, new Dictionary<string, string>())]], Stop);

        (await act.Should().ThrowAsync<StackException>()).Which.Message.Should()
            .StartWith("argo-rollouts: helm upgrade --install argo-rollouts ended with 1:")
            .And.MatchRegex("pod argo-rollouts/broken-.*: first (ended with 3: Error|waits: CrashLoopBackOff)")
            .And.Contain("  first| nothing works here");
    }

    private List<IReadOnlyList<HelmInstall>> Waves(params string[] names)
    {
        var charts = Path.Combine(_folder, "charts");
        PlatformCharts.Write(charts);
        var matrix = VersionMatrix.Read();
        return [.. StackPlan.Of(Helmfile.Read(), matrix, matrix.Stack("rollouts-1.8"), charts)
            .Select(wave => (IReadOnlyList<HelmInstall>)[.. wave.Where(install => names.Contains(install.Release.Name))])
            .Where(wave => wave.Count > 0)];
    }

    private sealed class Lines(List<string> lines) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (lines)
            {
                lines.Add(value);
            }
        }
    }
}
