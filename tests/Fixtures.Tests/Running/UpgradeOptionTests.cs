using Fixtures.Clusters;
using Fixtures.Clusters.Upgrading;
using Fixtures.Running;

namespace Fixtures.Tests.Running;

/// <summary><c>--upgrade</c>, from the command line to what is installed.</summary>
public sealed class UpgradeOptionTests
{
    [Fact]
    public void It_names_both_versions_and_the_rows_run_on_the_second()
    {
        var options = Read("--upgrade rollouts=1.8.4..v1.9.1 --upgrade argocd=3.4.4..3.5.1").Target;

        options.Upgrades.Should().Equal(
            new Upgrade(UpgradedPart.Rollouts, "v1.8.4", "v1.9.1"), new Upgrade(UpgradedPart.ArgoCd, "v3.4.4", "v3.5.1"));
        options.Rollouts.Should().Be("v1.9.1");
        options.ArgoCd.Should().Be("v3.5.1");
        options.AsTyped().Should().Be(" --upgrade=rollouts=v1.8.4..v1.9.1 --upgrade=argocd=v3.4.4..v3.5.1", "the versions after follow from it");
        options.UpgradeOf(UpgradedPart.Rollouts)!.ToString().Should().Be("Argo Rollouts v1.8.4 → v1.9.1");
    }

    [Fact]
    public void The_command_line_replaces_the_environments()
    {
        var options = SuiteOptionReader.Read(
            ["--upgrade=rollouts=1.9.0..1.9.1"], new Dictionary<string, string> { ["CONFORMANCE_UPGRADE"] = "rollouts=1.8.4..1.9.0" });

        options.Target.Rollouts.Should().Be("v1.9.1");
    }

    [Theory]
    [InlineData("--upgrade 1.8.4..1.9.1", "--upgrade 1.8.4..1.9.1: must be PART=A..B, e.g. rollouts=1.8.4..1.9.1 or argocd=3.4.4..3.5.1")]
    [InlineData("--upgrade rollouts=1.9.1", "--upgrade rollouts=1.9.1: must name two versions, from and to, e.g. *")]
    [InlineData("--upgrade rollouts=1.8.4..", "--upgrade rollouts=1.8.4..: must name two versions, from and to, e.g. *")]
    [InlineData("--upgrade rollouts=1.9.1..v1.9.1", "--upgrade rollouts=1.9.1..v1.9.1: must name two different versions")]
    [InlineData("--upgrade rollouts=old..new", "--upgrade old: must be a version, e.g. v1.9.1")]
    [InlineData("--upgrade rollout=1.8.4..1.9.1", "--upgrade rollout=1.8.4..1.9.1: did you mean rollouts=?")]
    [InlineData("--upgrade istio=1..2", "--upgrade istio=1..2: istio cannot be upgraded; there are rollouts and argocd")]
    [InlineData("--upgrade kubernetes=1.34..1.35", "--upgrade kubernetes=1.34..1.35: no target can replace Kubernetes under running pods; run the suite with --kubernetes *compare")]
    [InlineData("--upgrade rollouts=1.8.4..1.9.1 --rollouts 1.9.0", "--rollouts v1.9.0: contradicts --upgrade, which ends with v1.9.1; leave --rollouts out")]
    [InlineData("--upgrade rollouts=1.7.0..1.8.4 --upgrade rollouts=1.8.4..1.9.1", "--upgrade: Argo Rollouts is upgraded twice, v1.7.0..v1.8.4 and v1.8.4..v1.9.1; run the suite once for each")]
    public void A_wrong_one_is_refused_with_what_is_right(string arguments, string message)
    {
        var act = () => Read(arguments);

        act.Should().Throw<OptionException>().WithMessage(message);
    }

    [Fact]
    public void A_report_names_the_version_before_and_the_version_after()
    {
        var cluster = new ClusterDescription("embedded", new Dictionary<string, string> { ["Kubernetes"] = "v1.35.0", ["Argo Rollouts"] = "v1.9.1" }, 20, TimeSpan.Zero);

        cluster.After([new(UpgradedPart.Rollouts, "v1.8.4", "v1.9.1")]).Versions.Should().Equal(
            new Dictionary<string, string> { ["Kubernetes"] = "v1.35.0", ["Argo Rollouts"] = "v1.8.4 → v1.9.1" });
    }

    private static SuiteOptions Read(string arguments) => SuiteOptionReader.Read(arguments.Split(' '), new Dictionary<string, string>());
}
