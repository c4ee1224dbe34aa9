using Fixtures.Running;

namespace Fixtures.Tests.Running;

/// <summary>The options that choose a cluster.</summary>
public sealed class TargetOptionTests
{
    [Fact]
    public void They_are_read_from_the_command_line_and_the_environment()
    {
        var options = SuiteOptionReader.Read(
            ["--target", "k3s", "--k3s-args", "--speed=5 --debug", "--rollouts", "1.10.0-rc1"],
            new Dictionary<string, string> { ["CONFORMANCE_K3S_IMAGE"] = "rancher/k3s:v1.34.4-k3s1" }).Target;

        options.Target.Should().Be("k3s");
        options.K3sArguments.Should().Equal("--speed=5", "--debug");
        options.Rollouts.Should().Be("v1.10.0-rc1", "tags have a v");
        options.K3sImage.Should().Be("rancher/k3s:v1.34.4-k3s1");
    }

    [Fact]
    public void The_command_that_runs_a_scenario_again_chooses_the_same_cluster()
    {
        var options = SuiteOptionReader.Read(["--target", "k3s", "--k3s-args", "--speed=5 --debug", "--rollouts", "1.10.0-rc1"], new Dictionary<string, string>());

        var again = options.CommandFor("BG-05");
        again.Should().Be("dotnet run --project tests/Conformance -- --filter BG-05 --target=k3s --rollouts=v1.10.0-rc1 --k3s-args='--speed=5 --debug'");
        SuiteOptionReader.Read(["--filter", "BG-05"], new Dictionary<string, string>()).CommandFor("BG-05")
            .Should().Be("dotnet run --project tests/Conformance -- --filter BG-05");
    }

    [Theory]
    [InlineData("--target k3", "--target k3: did you mean k3s?")]
    [InlineData("--target mainframe-of-mine", "--target mainframe-of-mine: there are embedded, k3s, kubeconfig")]
    [InlineData("--argocd newest", "--argocd newest: must be a version, e.g. v1.9.1")]
    [InlineData("--kubeconfig /nowhere/config", "--kubeconfig /nowhere/config: there is no such file")]
    [InlineData("--ingress 10.0.0.5", "--ingress 10.0.0.5: must be ADDRESS:PORT, e.g. 10.0.0.5:30080")]
    public void A_wrong_one_is_named_with_what_is_right(string arguments, string message)
    {
        var act = () => SuiteOptionReader.Read(arguments.Split(' '), new Dictionary<string, string>());

        act.Should().Throw<OptionException>().WithMessage(message);
    }

    [Theory]
    [InlineData("--rollouts-image: a real program's clock is the real one, so the cluster's must be too: add --speed 1 (it is 20)", "--rollouts-image", "quay.io/argoproj/argo-rollouts:v1.9.1")]
    [InlineData("--rollouts-program: a real program's clock is the real one, so the cluster's must be too: add --speed 1 (it is 5)", "--rollouts-program", "/bin/sh", "--speed", "5")]
    [InlineData("--rollouts-program and --rollouts-image both name the controller: give one", "--rollouts-program", "/bin/sh", "--rollouts-image", "a/b", "--speed", "1")]
    [InlineData("--rollouts-image: is for the embedded cluster; on k3s the stack is installed as images (--rollouts VERSION)", "--rollouts-image", "a/b", "--target", "k3s", "--speed", "1")]
    [InlineData("--rollouts-program /no/such: there is no such file", "--rollouts-program", "/no/such")]
    [InlineData("--rollouts-program /bin/ls: another program was given already; say which version each is: VERSION=FILE", "--rollouts-program", "/bin/sh", "--rollouts-program", "/bin/ls")]
    [InlineData("--rollouts-program newest: must be a version, e.g. v1.9.1", "--rollouts-program", "newest=/bin/ls")]
    [InlineData("--rollouts-program: an upgrade is from one program to another, and none is given for v1.8.4: add --rollouts-program v1.8.4=FILE", "--rollouts-program", "v1.9.1=/bin/sh", "--upgrade", "rollouts=1.8.4..1.9.1", "--speed", "1")]
    public void A_real_controller_that_cannot_run_so_is_refused(string message, params string[] arguments)
    {
        var act = () => SuiteOptionReader.Read(arguments, new Dictionary<string, string>());

        act.Should().Throw<OptionException>().WithMessage(message);
    }

    [Fact]
    public void A_real_controller_runs_on_the_embedded_cluster_at_the_real_speed() =>
        SuiteOptionReader.Read(["--rollouts-program", "/bin/sh", "--speed", "1"], new Dictionary<string, string>()).Target.RolloutsPrograms.Should().Equal((null, "/bin/sh"));

    [Fact]
    public void Two_real_controllers_play_an_upgrade_and_the_command_to_play_it_again_names_both()
    {
        var options = SuiteOptionReader.Read(
            ["--rollouts-program", "1.8.4=/bin/sh,v1.9.1=/bin/ls", "--upgrade", "rollouts=1.8.4..1.9.1", "--speed", "1"], new Dictionary<string, string>());

        options.Target.RolloutsPrograms.Should().Equal(("v1.8.4", "/bin/sh"), ("v1.9.1", "/bin/ls"));
        options.CommandFor("UP-01").Should().EndWith("--upgrade=rollouts=v1.8.4..v1.9.1 --rollouts-program=v1.8.4=/bin/sh --rollouts-program=v1.9.1=/bin/ls --speed 1");
    }
}
