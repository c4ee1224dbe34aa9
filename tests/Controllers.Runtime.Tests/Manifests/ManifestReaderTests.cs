using Controllers.Runtime.Manifests;

namespace Controllers.Runtime.Tests.Manifests;

public sealed class ManifestReaderTests
{
    [Fact]
    public void Documents_and_lists_are_unfolded_and_empty_documents_passed_over()
    {
        const string text = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            ---
            # nothing here
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
            - {apiVersion: v1, kind: Secret, metadata: {name: c}}
            """;

        ManifestReader.Read(text, "x.yaml").Select(o => $"{o.Kind}/{o.Metadata.Name}").Should().Equal("ConfigMap/a", "ConfigMap/b", "Secret/c");
    }

    [Theory]
    [InlineData("a: yes", """{"a":true}""")]
    [InlineData("a: 'yes'", """{"a":"yes"}""")]
    [InlineData("a: 8080", """{"a":8080}""")]
    [InlineData("a: 1.50", """{"a":1.5}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    [InlineData("a: 0644", """{"a":420}""")]
    [InlineData("a: 0x1F", """{"a":31}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a: 10s", """{"a":"10s"}""")]
    [InlineData("a: !!str 5", """{"a":"5"}""")]
    [InlineData("a: 2024-01-01", """{"a":"2024-01-01"}""")]
    public void Plain_scalars_are_typed_by_their_look(string yaml, string json)
    {
        var stream = new YamlDotNet.RepresentationModel.YamlStream();
        stream.Load(new StringReader(yaml));
        YamlToJson.Convert(stream.Documents[0].RootNode)!.ToJsonString().Should().Be(json);
    }

    [Theory]
    [InlineData("a: [", "rollout.yaml: error converting YAML to JSON: yaml: line *")]
    [InlineData("just text", "rollout.yaml: a manifest must be an object, with apiVersion and kind")]
    [InlineData("apiVersion: v1", "rollout.yaml: Object 'Kind' is missing in '{\"apiVersion\":\"v1\"}'")]
    [InlineData("kind: Pod", "rollout.yaml: Object 'ApiVersion' is missing*")]
    public void What_is_no_manifest_is_refused_with_its_place(string text, string message)
        => FluentActions.Invoking(() => ManifestReader.Read(text, "rollout.yaml")).Should().Throw<ManifestException>().WithMessage(message);
}
