using ArgoCd.Applications;
using ArgoCd.Source;

namespace ArgoCd.Tests.Source;

public sealed class ManifestFilesTests
{
    private static Func<object> Reading(string name, string text) => () => ManifestFiles.Read([new SourceFile(name, text)]);

    [Fact]
    public void Objects_come_in_the_order_of_file_names()
        => ManifestFiles.Read(
        [
            new SourceFile("b.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: two}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: three}}"),
            new SourceFile("a.json", """{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one"}}"""),
        ]).Select(one => one.Metadata.Name).Should().Equal("one", "two", "three");

    [Fact]
    public void A_manifest_that_is_not_YAML_is_named_in_the_error()
        => Reading("broken.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n bad: [").Should().Throw<SourceException>()
            .WithMessage("rpc error: code = FailedPrecondition desc = Failed to unmarshal \"broken.yaml\": *");

    [Fact]
    public void A_manifest_without_kind_is_named_in_the_error()
        => Reading("nokind.yaml", "apiVersion: v1\nmetadata:\n  name: a\n").Should().Throw<SourceException>()
            .WithMessage("rpc error: code = FailedPrecondition desc = Failed to unmarshal \"nokind.yaml\": Object 'Kind' is missing in *");

    [Fact]
    public void An_unrelated_file_is_passed_over() => ManifestFiles.Read([new SourceFile("values.yaml", "just: [a, value")]).Should().BeEmpty();

    [Theory]
    [InlineData("a.yaml", null, null, false, true)]
    [InlineData("a.txt", null, null, false, false)]
    [InlineData("sub/a.yaml", null, null, false, false)]
    [InlineData("sub/a.yaml", null, null, true, true)]
    [InlineData("config.json", null, "config.json", false, false)]
    [InlineData("a.yml", null, "{config.json,env-usw2/*}", false, true)]
    [InlineData("env-usw2/a.yml", null, "{config.json,env-usw2/*}", true, false)]
    [InlineData("a.yaml", "*.yml", null, false, false)]
    public void Directory_options_choose_the_files(string path, string? include, string? exclude, bool recurse, bool taken)
        => ManifestFiles.IsManifest(path, new SourceDirectory { Include = include, Exclude = exclude, Recurse = recurse }).Should().Be(taken);

    [Theory]
    [InlineData("kustomization.yaml", "Kustomize")]
    [InlineData("Chart.yaml", "Helm")]
    [InlineData("a.yaml", "Directory")]
    public void The_type_of_a_source_shows_in_its_files(string file, string type)
        => ManifestFiles.TypeOf(new ApplicationSource(), [file]).Should().Be(type);
}
