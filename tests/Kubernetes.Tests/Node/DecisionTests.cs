using k8s.Models;
using Kubernetes.Node.Containers;
using Kubernetes.Node.Environment;
using Kubernetes.Node.Images;
using Kubernetes.Node.Pods;
using Kubernetes.Node.Probes;
using Kubernetes.Node.Programs;

namespace Kubernetes.Tests.Node;

/// <summary>What the node decides, with values.</summary>
public sealed class DecisionTests
{
    [Theory]
    [InlineData("alpine", "docker.io/library/alpine", "latest", "")]
    [InlineData("argoproj/rollouts-demo:blue", "docker.io/argoproj/rollouts-demo", "blue", "")]
    [InlineData("quay.io/argoproj/argocd:v3.5.1@sha256:ab", "quay.io/argoproj/argocd", "v3.5.1", "sha256:ab")]
    [InlineData("localhost:5000/app", "localhost:5000/app", "latest", "")]
    public void Image_references_are_normalised(string text, string repository, string tag, string digest)
        => ImageReference.Parse(text).Should().Be(new ImageReference(repository, tag, digest));

    [Fact]
    public void An_image_name_with_capitals_is_refused()
        => FluentActions.Invoking(() => ImageReference.Parse("Alpine")).Should().Throw<FormatException>().WithMessage("couldn't parse image name \"Alpine\": invalid reference format");

    [Fact]
    public void Restarts_are_immediate_first_and_then_ten_seconds_doubling_to_five_minutes()
    {
        var waits = new List<TimeSpan>();
        for (TimeSpan? backoff = null; waits.Count < 8; backoff = waits[^1])
        {
            waits.Add(RestartPlan.For("Always", 1, TimeSpan.FromSeconds(1), backoff).Wait);
        }

        waits.Select(wait => (int)wait.TotalSeconds).Should().Equal(0, 10, 20, 40, 80, 160, 300, 300);
        RestartPlan.For("Always", 1, TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(5)).Wait.Should().Be(TimeSpan.Zero, "a long run is forgiven");
        RestartPlan.Text(TimeSpan.FromSeconds(80)).Should().Be("1m20s");
    }

    [Theory]
    [InlineData("Always", 0, true)]
    [InlineData("OnFailure", 0, false)]
    [InlineData("OnFailure", 1, true)]
    [InlineData("Never", 1, false)]
    public void The_restart_policy_decides_by_exit_code(string policy, int exitCode, bool restart)
        => RestartPlan.For(policy, exitCode, TimeSpan.Zero, null).Restart.Should().Be(restart);

    [Theory]
    [InlineData("Always", false, "Running", "run", "wait-crash")]
    [InlineData("Always", false, "Pending", "wait")]
    [InlineData("Never", false, "Running", "run", "ok")]
    [InlineData("Never", false, "Succeeded", "ok", "ok")]
    [InlineData("Never", false, "Failed", "ok", "bad")]
    [InlineData("OnFailure", false, "Running", "bad-again")]
    [InlineData("Always", true, "Failed", "bad")]
    [InlineData("Always", true, "Succeeded", "ok")]
    public void The_phase_follows_from_the_containers(string policy, bool terminal, string phase, params string[] containers)
        => PodPhase.Of(new V1PodSpec { RestartPolicy = policy }, [], [.. containers.Select(Container)], terminal).Should().Be(phase);

    [Fact]
    public void A_readiness_gate_keeps_a_pod_unready_until_its_condition_is_true()
    {
        var spec = new V1PodSpec { ReadinessGates = [new V1PodReadinessGate { ConditionType = "example.com/ok" }] };
        var ready = Container("run") with { Ready = true };

        var closed = PodConditions.For(spec, [], [], [ready], "Running", DateTime.UnixEpoch).Single(condition => condition.Type == "Ready");
        closed.Should().Match<V1PodCondition>(condition => condition.Status == "False" && condition.Reason == "ReadinessGatesNotReady"
            && condition.Message == "corresponding condition of pod readiness gate \"example.com/ok\" does not exist.");
        PodConditions.For(spec, [new V1PodCondition { Type = "example.com/ok", Status = "True" }], [], [ready], "Running", DateTime.UnixEpoch)
            .Single(condition => condition.Type == "Ready").Status.Should().Be("True");
    }

    [Fact]
    public void A_probe_needs_its_threshold_of_answers_in_a_row()
    {
        var probe = new V1Probe { FailureThreshold = 2, SuccessThreshold = 1 };

        ProbeTally.Empty.With(false).Verdict(probe).Should().BeNull();
        ProbeTally.Empty.With(false).With(false).Verdict(probe).Should().BeFalse();
        ProbeTally.Empty.With(false).With(true).With(false).Verdict(probe).Should().BeNull();
        ProbeTally.Empty.With(true).Verdict(probe).Should().BeTrue();
    }

    [Theory]
    [InlineData("$(A)-$(B)", "1-$(B)")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("cost: 5$", "cost: 5$")]
    public void Variables_are_expanded_as_kubernetes_does(string text, string expected)
        => Expansion.Expand(text, new Dictionary<string, string> { ["A"] = "1" }).Should().Be(expected);

    [Theory]
    [InlineData("--config.file=/etc/config/prometheus.yml", "--config.file=/tmp/v/prometheus.yml")]
    [InlineData("/etc/config", "/tmp/v")]
    [InlineData("/etc/configuration", "/etc/configuration")]
    [InlineData("echo /etc/config", "echo /etc/config")]
    public void Mount_paths_in_arguments_become_folders(string word, string expected)
        => ProcessSettings.Mounted(word, new Dictionary<string, string> { ["/etc/config"] = "/tmp/v" }).Should().Be(expected);

    private static ContainerSnapshot Container(string kind)
    {
        V1ContainerState Ended(int code) => new() { Terminated = new V1ContainerStateTerminated { ExitCode = code } };
        var snapshot = new ContainerSnapshot { Name = "main", Image = "i" };
        return kind switch
        {
            "run" => snapshot with { State = new V1ContainerState { Running = new V1ContainerStateRunning() } },
            "wait-crash" => snapshot with { State = ContainerSnapshot.Waiting("CrashLoopBackOff"), LastState = Ended(1) },
            "ok" => snapshot with { State = Ended(0), Finished = true },
            "bad" => snapshot with { State = Ended(1), Finished = true },
            "bad-again" => snapshot with { State = Ended(1) },
            _ => snapshot,
        };
    }
}
