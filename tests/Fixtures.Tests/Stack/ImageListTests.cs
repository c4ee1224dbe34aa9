using Fixtures.Clusters;
using Fixtures.Running;
using Fixtures.Stack;

namespace Fixtures.Tests.Stack;

/// <summary>What has to be on a cluster that cannot pull; the real helm renders the embedded cluster's charts.</summary>
public sealed class ImageListTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_of_the_stack_the_applications_and_Kubernetes_are_listed_at_the_versions_asked_for()
    {
        await RealHelm.FindOrSkipAsync();

        var images = await ListAsync(new TargetOptions { Stack = "rollouts-1.8", Charts = TargetOptions.OwnCharts, ArgoCd = "v3.2.0" });

        images.Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems()
            .And.Contain(["quay.io/argoproj/argo-rollouts:v1.8.4", "quay.io/argoproj/argocd:v3.2.0", "rancher/k3s:v1.31.0-k3s1", "argoproj/rollouts-demo:blue", "alpine:3.8"])
            .And.Contain(image => image.StartsWith("registry.k8s.io/ingress-nginx/controller:"))
            .And.Contain(image => image.StartsWith("quay.io/prometheus/prometheus:"));
    }

    [Fact]
    public async Task A_stack_that_is_not_there_is_named_with_those_that_are()
    {
        var act = () => ListAsync(new TargetOptions { Stack = "rollouts-2", Charts = TargetOptions.OwnCharts });

        (await act.Should().ThrowAsync<StackException>()).Which.Message.Should().StartWith("there is no stack rollouts-2 in helm/versions.json; there are ");
    }

    [Fact]
    public async Task A_chart_that_cannot_be_rendered_is_told_in_helms_words()
    {
        await RealHelm.FindOrSkipAsync();
        var charts = Directory.CreateTempSubdirectory("images-broken-");
        try
        {
            PlatformCharts.Write(charts.FullName);
            await File.WriteAllTextAsync(Path.Combine(charts.FullName, "argo-cd", "templates", "broken.yaml"), "{{ .Values.", Stop);

            var act = () => ListAsync(new TargetOptions { Charts = charts.FullName });

            (await act.Should().ThrowAsync<StackException>()).Which.Message.Should().StartWith("helm template argo-cd").And.Contain("broken.yaml");
        }
        finally
        {
            charts.Delete(recursive: true);
        }
    }

    private static Task<IReadOnlyList<string>> ListAsync(TargetOptions options) => ImageList.OfAsync(options, new Progress<string>(), Stop);
}
