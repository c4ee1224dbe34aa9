using System.Text.Json.Nodes;
using Controllers.Runtime.Manifests;
using k8s;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Api.Upstream;

/// <summary>
/// API-73: upstream's own definitions beside ours, each set on a server of its own. They are not part of the repository: the folder with them is named by
/// CONFORMANCE_UPSTREAM_CRDS (Argo Rollouts v1.9 manifests/crds, Argo CD v3.5 manifests/crds), without which these tests are skipped.
/// </summary>
public sealed class UpstreamDefinitionTests : IAsyncLifetime
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
    private const string Variable = "CONFORMANCE_UPSTREAM_CRDS";
    private static readonly string? Folder = Environment.GetEnvironmentVariable(Variable);
    private readonly ServerFixture upstream = new();
    private readonly ServerFixture ours = new();

    public static TheoryData<string> Plurals => ["rollouts", "analysistemplates", "clusteranalysistemplates", "analysisruns", "experiments", "applications", "appprojects"];

    public async ValueTask InitializeAsync()
    {
        await upstream.InitializeAsync();
        await ours.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await upstream.DisposeAsync();
        await ours.DisposeAsync();
    }

    [Fact]
    public async Task API_73_upstreams_definitions_apply_server_side_unchanged()
    {
        Skip();
        (await DefineAsync(upstream, Folder!)).Should().BeEquivalentTo(Plurals.Select(plural => $"{plural.Data}.argoproj.io"));
    }

    [Theory, MemberData(nameof(Plurals))]
    public async Task API_73_what_upstreams_definition_names_ours_takes(string plural)
    {
        var (theirs, _) = await SchemasAsync(plural);
        var sample = Sample(theirs);
        await TakesAsync(upstream, plural, sample, "upstream's own definition");
        await TakesAsync(ours, plural, sample, "ours");
    }

    [Theory, MemberData(nameof(Plurals))]
    public async Task API_73_what_our_definition_names_upstreams_takes(string plural)
    {
        var (_, own) = await SchemasAsync(plural);
        var sample = Sample(own);
        await TakesAsync(ours, plural, sample, "our own definition");
        await TakesAsync(upstream, plural, sample, "upstream's");
    }

    [Theory, MemberData(nameof(Plurals))]
    public async Task API_73_where_our_definition_states_a_type_both_refuse_another(string plural)
    {
        var (_, own) = await SchemasAsync(plural);
        var sample = Sample(own);
        var differences = new List<string>();
        foreach (var (path, wrong) in SchemaSamples.Wrong(Spec(own)))
        {
            var broken = new JsonObject { ["spec"] = SchemaSamples.With(sample["spec"]!, path, wrong) };
            var (theirs, mine) = (await CreateAsync(upstream, plural, broken), await CreateAsync(ours, plural, broken));
            if (theirs.Code != 422 || mine.Code != 422)
            {
                differences.Add($"spec.{string.Join('.', path)} = {wrong.ToJsonString()}: upstream {theirs.Code} {theirs.Message}, ours {mine.Code} {mine.Message}");
            }
        }
        differences.Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Plurals))]
    public async Task API_73_required_fields_and_choices_are_the_same(string plural)
    {
        var (theirs, own) = await SchemasAsync(plural);
        SchemaDifferences.Between(Spec(theirs), Spec(own)).Should().BeEmpty();
    }

    private static void Skip() => Assert.SkipUnless(Directory.Exists(Folder), $"upstream's definitions are not part of the repository: name a folder with them in {Variable}");

    private async Task<(JsonObject Theirs, JsonObject Ours)> SchemasAsync(string plural)
    {
        Skip();
        await DefineAsync(upstream, Folder!);
        await DefineAsync(ours, Path.Combine(Repository.Root, "manifests/platform"));
        return (await SchemaAsync(upstream, plural), await SchemaAsync(ours, plural));
    }

    private static async Task<JsonObject> SchemaAsync(ServerFixture api, string plural)
        => (JsonObject)(await api.GetAsync($"{Definitions}{plural}.argoproj.io")).Body!["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!;

    private static JsonObject Spec(JsonObject schema) => (JsonObject)schema["properties"]!["spec"]!;

    // the status is dropped from what is created
    private static JsonObject Sample(JsonObject schema) => new() { ["spec"] = SchemaSamples.Full(Spec(schema)) };

    private static async Task TakesAsync(ServerFixture api, string plural, JsonObject sample, string whose)
    {
        var reply = await CreateAsync(api, plural, sample);
        reply.Code.Should().Be(201, "{0} has all these fields, of these types: {1}", whose, reply.Message);
    }

    private static Task<Reply> CreateAsync(ServerFixture api, string plural, JsonObject content)
    {
        var sent = (JsonObject)content.DeepClone();
        sent["metadata"] = new JsonObject { ["generateName"] = "sample-" };
        var scope = plural.StartsWith("cluster", StringComparison.Ordinal) ? "" : "namespaces/default/";
        return api.PostAsync($"/apis/argoproj.io/v1alpha1/{scope}{plural}?fieldValidation=Strict&dryRun=All", sent.ToJsonString());
    }

    private static async Task<List<string>> DefineAsync(ServerFixture api, string folder)
    {
        var names = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            if (!text.Contains("kind: CustomResourceDefinition", StringComparison.Ordinal))
            {
                continue;
            }
            foreach (var manifest in ManifestReader.Read(text, file).Where(manifest => manifest.Kind == "CustomResourceDefinition"))
            {
                var path = Definitions + manifest.Metadata.Name;
                var applied = await api.PatchAsync($"{path}?fieldManager=tests&fieldValidation=Strict", KubernetesJson.Serialize(manifest), "application/apply-patch+yaml");
                applied.Code.Should().BeOneOf([200, 201], "{0}: {1}", manifest.Metadata.Name, applied.Message);
                applied.Headers.Should().NotContainKey("Warning");
                var conditions = (await api.GetAsync(path)).Body!["status"]!["conditions"]!.AsArray();
                conditions.Select(condition => $"{condition!["type"]}={condition["status"]}").Should().Contain("Established=True");
                names.Add(manifest.Metadata.Name);
            }
        }
        return names;
    }
}
