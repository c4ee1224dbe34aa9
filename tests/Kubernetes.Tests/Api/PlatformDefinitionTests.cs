using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;
using k8s;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Api;

/// <summary>API-73: the definitions of Argo's kinds in manifests/platform, and the objects that the stack and the tutorial make of them.</summary>
public sealed class PlatformDefinitionTests : IAsyncLifetime
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
    private const string Argo = "/apis/argoproj.io/v1alpha1/";
    private readonly ServerFixture api = new();

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task API_73_the_platforms_definitions_apply_server_side_without_a_warning_and_are_established()
    {
        var definitions = await DefineAsync();

        definitions.Should().BeEquivalentTo(
            "rollouts.argoproj.io", "analysistemplates.argoproj.io", "clusteranalysistemplates.argoproj.io", "analysisruns.argoproj.io",
            "experiments.argoproj.io", "applications.argoproj.io", "appprojects.argoproj.io");
    }

    [Fact]
    public async Task API_73_what_the_repository_makes_of_them_loses_nothing()
    {
        await DefineAsync();
        var space = await api.NewNamespaceAsync();
        var seen = new HashSet<string>();
        foreach (var manifest in ManifestReader.ReadFolder(Path.Combine(Repository.Root, "manifests")).Where(manifest => manifest.ApiVersion == "argoproj.io/v1alpha1"))
        {
            seen.Add(manifest.Kind);
            var path = $"{Argo}namespaces/{space}/{manifest.Kind.ToLowerInvariant()}s?fieldValidation=Strict";
            var sent = (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(manifest))!;
            sent["metadata"]!.AsObject().Remove("namespace");
            sent["metadata"]!.AsObject().Remove("name");
            sent["metadata"]!["generateName"] = "from-manifests-";

            var created = await api.PostAsync(path, sent.ToJsonString());

            created.Code.Should().Be(201, "{0} {1}: {2}", manifest.Kind, manifest.Metadata.Name, created.Message);
            JsonNode.DeepEquals(created.Body!["spec"], sent["spec"]).Should().BeTrue("nothing is pruned and nothing defaulted:\n{0}\n{1}", created.Body["spec"], sent["spec"]);
        }

        seen.Should().Contain(["Rollout", "AnalysisTemplate"]);
    }

    [Theory]
    [InlineData("rollouts", "Rollout", """{"replicas":"three"}""", "spec.replicas: Invalid value: \"string\": spec.replicas in body must be of type integer: \"string\"")]
    [InlineData("analysistemplates", "AnalysisTemplate", """{"metrics":[{"name":"m"}]}""", "spec.metrics[0].provider: Required value")]
    [InlineData("applications", "Application", """{"project":"default"}""", "spec.destination: Required value")]
    public async Task API_73_what_upstreams_definitions_refuse_is_refused(string plural, string kind, string spec, string cause)
    {
        await DefineAsync();
        var space = await api.NewNamespaceAsync();

        var refused = await api.PostAsync(
            $"{Argo}namespaces/{space}/{plural}", $$$"""{"apiVersion":"argoproj.io/v1alpha1","kind":"{{{kind}}}","metadata":{"name":"a"},"spec":{{{spec}}}}""");

        refused.Code.Should().Be(422);
        refused.Message.Should().Contain(cause);
    }

    private async Task<List<string>> DefineAsync()
    {
        var names = new List<string>();
        foreach (var manifest in ManifestReader.ReadFolder(Path.Combine(Repository.Root, "manifests/platform")).Where(manifest => manifest.Kind == "CustomResourceDefinition"))
        {
            var path = Definitions + manifest.Metadata.Name;
            var applied = await api.PatchAsync(path + "?fieldManager=tests&fieldValidation=Strict", KubernetesJson.Serialize(manifest), "application/apply-patch+yaml");
            applied.Code.Should().Be(201, applied.Message ?? "");
            applied.Headers.Should().NotContainKey("Warning");
            var conditions = (await api.GetAsync(path)).Body!["status"]!["conditions"]!.AsArray();
            conditions.Select(condition => $"{condition!["type"]}={condition["status"]}").Should().Contain("Established=True");
            names.Add(manifest.Metadata.Name);
        }
        return names;
    }
}
