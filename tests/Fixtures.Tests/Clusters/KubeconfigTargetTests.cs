using EmbeddedCluster;
using Fixtures.Clusters;
using Fixtures.Clusters.Kubeconfig;
using Fixtures.Clusters.Upgrading;
using Fixtures.Running;

namespace Fixtures.Tests.Clusters;

/// <summary>What <c>--target kubeconfig</c> does not do to a cluster that was there before it: a running one with the stack.</summary>
public sealed class KubeconfigTargetTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kubeconfig-target-").FullName;
    private Cluster _cluster = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    public async ValueTask InitializeAsync() =>
        _cluster = await Cluster.StartAsync(new ClusterOptions { Speed = 10, KubeconfigPath = Kubeconfig }, Stop);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_upgrade_of_a_stack_that_was_brought_along_is_refused_before_anything_is_touched()
    {
        var act = () => StartAsync(target => target with { Upgrades = [new Upgrade(UpgradedPart.Rollouts, "v1.8.4", "v1.9.1")] });

        (await act.Should().ThrowAsync<ClusterUnusableException>()).Which.Message.Should()
            .Contain("installed there already, and the suite upgrades only what it installed itself; nothing was touched").And.Contain("compare");
    }

    [Fact]
    public async Task A_stack_that_was_brought_along_is_used_shared_and_left_there()
    {
        await using (var used = await StartAsync(target => target with { Ingress = _cluster.Ingress!.ToString() }))
        {
            used.IsShared.Should().BeTrue();
            used.Lacks(Capability.OwnCluster).Should().Contain("only given to the suite");
            var upgrade = () => used.UpgradeAsync(Upgrade.Rehearsal(UpgradedPart.Rollouts), Stop);
            await upgrade.Should().ThrowAsync<ClusterUnusableException>().WithMessage("Argo Rollouts was not installed by the suite*");
        }

        var left = await _cluster.Client.GetAsync(Controllers.Runtime.Client.Resources.Deployments, "argo-rollouts", "argo-rollouts", Stop);
        left.Metadata.DeletionTimestamp.Should().BeNull();
    }

    private Task<ICluster> StartAsync(Func<TargetOptions, TargetOptions> with) => KubeconfigTarget.StartAsync(
        new SuiteOptions { Target = with(new TargetOptions { Target = "kubeconfig", Kubeconfig = Kubeconfig }) },
        new RunFolder("test", Path.Combine(_folder, "results"), _folder),
        new Progress<string>(),
        Stop);
}
