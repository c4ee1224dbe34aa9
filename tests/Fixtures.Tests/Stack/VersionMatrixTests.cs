using Fixtures.Stack;

namespace Fixtures.Tests.Stack;

/// <summary><c>helm/</c> as it is in the repository, and what is said of a wrong one.</summary>
public sealed class VersionMatrixTests
{
    [Fact]
    public void Every_pin_has_its_reason()
    {
        var matrix = VersionMatrix.Read();
        var pins = matrix.Stacks
            .SelectMany(stack => new PinnedVersion[] { stack.Rollouts, stack.ArgoCd, stack.Extension }.Concat(stack.Kubernetes))
            .Append(matrix.Ingress).Append(matrix.Prometheus);

        pins.Should().OnlyContain(pin => pin.Why.Length > 10 && pin.Version.StartsWith('v'));
        matrix.Stacks.Should().OnlyContain(stack => stack.Why.Length > 10);
        matrix.Upgrades.Should().OnlyContain(upgrade => upgrade.Why.Length > 10);
    }

    [Fact]
    public void The_helmfile_installs_the_default_stack()
    {
        var matrix = VersionMatrix.Read();
        var stack = matrix.Stack(null);
        var plan = StackPlan.Of(Helmfile.Read(), matrix, stack, null).SelectMany(wave => wave).ToDictionary(install => install.Release.Name);

        plan.Values.Should().OnlyContain(install => install.Version == install.Release.Version, "helm/helmfile.yaml and the default of helm/versions.json are the same");
        plan["argo-rollouts"].Set.Should().Equal(new Dictionary<string, string> { ["controller.image.tag"] = stack.Rollouts.Version });
        plan["argo-cd"].Repository.Should().Be(new Uri("https://argoproj.github.io/argo-helm"));
    }

    [Fact]
    public void A_release_waits_for_those_it_needs_and_for_no_others()
        => Helmfile.Read().Waves().Select(wave => wave.Select(release => release.Name))
            .Should().BeEquivalentTo(new[] { new[] { "ingress-nginx", "kube-prometheus-stack", "argo-rollouts" }, ["argo-cd"] });

    [Fact]
    public void The_image_of_a_Kubernetes_version_is_written_as_k3s_tags_it()
        => VersionMatrix.Read().Stack(null).DefaultKubernetes.Image.Should().Be("rancher/k3s:v1.35.1-k3s1");

    [Theory]
    [InlineData("\"why\": \"As in rollouts-1.9.\" },", "\"wy\": \"As in rollouts-1.9.\" },", "wy")]
    [InlineData("\"default\": \"rollouts-1.9\",", "\"default\": \"rollouts-2\",", "there is no stack rollouts-2 in helm/versions.json; there are rollouts-1.9, rollouts-1.9-argocd-3.5, rollouts-1.8")]
    [InlineData(", \"default\": true }", " }", "must have exactly one Kubernetes version with \"default\": true")]
    public void A_wrong_matrix_is_refused_with_what_is_wrong(string right, string wrong, string said)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "helm", "versions.json"));
        text.Should().Contain(right);
        using var file = new TemporaryFile(text.Replace(right, wrong));

        var act = () => VersionMatrix.Read(file.Path);

        act.Should().Throw<StackException>().Which.Message.Should().Contain(said);
    }

    [Theory]
    [InlineData("needs:", "neds:", "neds")]
    [InlineData("- ingress-nginx/ingress-nginx\n    values", "- ingress-nginx/other\n    values", "release argo-cd needs ingress-nginx/other, which is no release of this file")]
    [InlineData("chart: argo/argo-rollouts", "chart: elsewhere/argo-rollouts", "chart elsewhere/argo-rollouts is of no repository of this file")]
    public void A_helmfile_that_the_suite_would_read_differently_is_refused(string right, string wrong, string said)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "helm", "helmfile.yaml"));
        text.Should().Contain(right);
        using var file = new TemporaryFile(text.Replace(right, wrong));

        var act = () => Helmfile.Read(file.Path);

        act.Should().Throw<StackException>().Which.Message.Should().Contain(said);
    }

    [Fact]
    public void A_folder_of_charts_that_lacks_one_says_how_to_fetch_it()
    {
        var matrix = VersionMatrix.Read();

        var act = () => StackPlan.Of(Helmfile.Read(), matrix, matrix.Stack(null), Path.GetTempPath());

        act.Should().Throw<StackException>().Which.Message.Should().EndWith("fetch it with: helm pull ingress-nginx/ingress-nginx --version 4.15.1");
    }

    [Fact]
    public void Images_are_found_wherever_a_manifest_names_them()
        => StackImages.In(
            """
            kind: Deployment
            apiVersion: apps/v1
            spec:
              template:
                spec:
                  initContainers: [{ name: a, image: "one:1" }]
                  containers: [{ name: b, image: "two:2", args: ["--prometheus-config-reloader=three:3"] }]
            ---
            kind: Prometheus
            apiVersion: monitoring.coreos.com/v1
            spec: { image: "four:4" }
            """).Should().Equal("one:1", "two:2", "three:3", "four:4");

    [Theory]
    [InlineData("Error: Get \"https://argoproj.github.io/index.yaml\": dial tcp: connection refused", true)]
    [InlineData("Error: INSTALLATION FAILED: cannot re-use a name that is still in use", false)]
    [InlineData("Error: context deadline exceeded", false)]
    public void Only_what_may_pass_is_tried_again(string said, bool again) => HelmFailure.IsPassing(said).Should().Be(again);

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
