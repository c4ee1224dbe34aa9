using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>API-05, 40, 53, 54, 67..72, 74 for custom resources.</summary>
public sealed class CustomResourceTests(ServerFixture api)
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    [Fact]
    public async Task API_67_a_definition_is_established_and_served_at_once()
    {
        var group = await DefineAsync("served.example.com");

        var definition = await api.GetAsync($"{Definitions}/widgets.{group}");
        definition.Body!["status"]!["conditions"]!.AsArray().Select(c => $"{c!["type"]}={c["status"]}").Should().Equal("NamesAccepted=True", "Established=True");
        definition.Body["status"]!["storedVersions"]!.ToJsonString().Should().Be("""["v1"]""");
        var groups = (await api.GetAsync("/apis")).Body!["groups"]!.AsArray().Select(g => g!["name"]!.GetValue<string>());
        groups.Should().Contain(group);
        (await api.GetAsync($"/apis/{group}/v1/widgets")).Body!["kind"]!.GetValue<string>().Should().Be("WidgetList");
    }

    [Fact]
    public async Task API_67_a_definition_must_be_named_for_what_it_defines()
    {
        var wrong = await api.PostAsync(Definitions, Definition("wrong.example.com").Replace("widgets.wrong", "gadgets.wrong"));
        wrong.Code.Should().Be(422);
        wrong.Message.Should().Contain("metadata.name: Invalid value: \"gadgets.wrong.example.com\": must be spec.names.plural+\".\"+spec.group");
        (await api.PostAsync(Definitions, Definition("wrong.example.com").Replace("\"storage\":true", "\"storage\":false"))).Message
            .Should().Contain("must have exactly one version marked as storage version");
    }

    [Fact]
    public async Task API_40_custom_resources_need_a_version_to_be_replaced()
    {
        var path = await WidgetsAsync("replace.example.com");
        await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"size":1}}""");

        (await api.PutAsync(path + "/a", """{"metadata":{"name":"a"},"spec":{"size":2}}""")).Message
            .Should().Be("widgets.replace.example.com \"a\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update");
    }

    [Fact]
    public async Task API_42_status_is_apart_and_does_not_count_as_a_generation()
    {
        var path = await WidgetsAsync("status.example.com");
        var created = await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"size":1},"status":{"ready":5}}""");
        created.Body!["status"].Should().BeNull();

        var status = await api.MergeAsync(path + "/a/status", """{"status":{"ready":2},"spec":{"size":9}}""");
        status.Body!["spec"]!["size"]!.GetValue<int>().Should().Be(1);
        status.Body["metadata"]!["generation"]!.GetValue<int>().Should().Be(1);
        (await api.MergeAsync(path + "/a", """{"spec":{"size":3}}""")).Body!["metadata"]!["generation"]!.GetValue<int>().Should().Be(2);
    }

    [Fact]
    public async Task API_54_scale_follows_the_definitions_paths()
    {
        var path = await WidgetsAsync("scale.example.com");
        await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"size":1}}""");
        await api.MergeAsync(path + "/a/status", """{"status":{"ready":2,"selector":"app=a"}}""");

        var scale = await api.GetAsync(path + "/a/scale");
        scale.Body!["spec"]!["replicas"]!.GetValue<int>().Should().Be(1);
        scale.Body["status"]!.ToJsonString().Should().Be("""{"replicas":2,"selector":"app=a"}""");
        (await api.MergeAsync(path + "/a/scale", """{"spec":{"replicas":4}}""")).Body!["spec"]!["replicas"]!.GetValue<int>().Should().Be(4);
        (await api.GetAsync(path + "/a")).Body!["spec"]!["size"]!.GetValue<int>().Should().Be(4);
    }

    [Fact]
    public async Task API_68_unknown_fields_are_pruned_except_where_the_schema_keeps_them()
    {
        var path = await WidgetsAsync("prune.example.com");
        var created = await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"size":1,"gone":true,"free":{"any":{"thing":1}}}}""");

        created.Headers["Warning"].Should().Be("299 - \"unknown field \\\"spec.gone\\\"\"");
        created.Body!["spec"]!["gone"].Should().BeNull();
        created.Body["spec"]!["free"]!.ToJsonString().Should().Be("""{"any":{"thing":1}}""");
    }

    [Fact]
    public async Task API_69_defaults_are_filled_in()
    {
        var path = await WidgetsAsync("default.example.com");
        var created = await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"size":1,"colour":null}}""");

        created.Body!["spec"]!["colour"]!.GetValue<string>().Should().Be("blue");
    }

    [Fact]
    public async Task API_69_a_default_that_comes_later_shows_on_what_was_stored_before()
    {
        var path = await WidgetsAsync("later.example.com");
        var created = await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"size":1}}""");
        var schema = (await api.GetAsync($"{Definitions}/widgets.later.example.com")).Body!["spec"]!["versions"]!;
        schema[0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!["properties"]!["shape"] = new JsonObject { ["type"] = "string", ["default"] = "round" };
        (await api.MergeAsync($"{Definitions}/widgets.later.example.com", new JsonObject { ["spec"] = new JsonObject { ["versions"] = schema.DeepClone() } }.ToJsonString())).Code.Should().Be(200);

        var read = await api.GetAsync(path + "/a");
        read.Body!["spec"]!["shape"]!.GetValue<string>().Should().Be("round");
        read.Version.Should().Be(created.Version, "nothing is written");
        (await api.GetAsync(path)).Items[0]!["spec"]!["shape"]!.GetValue<string>().Should().Be("round");
        await using var watch = await WatchReader.OpenAsync(api, path + "?watch=1");
        (await watch.NextAsync())!.Value.Object["spec"]!["shape"]!.GetValue<string>().Should().Be("round");
    }

    [Theory]
    [InlineData("""{"size":"one"}""", "spec.size: Invalid value: \"string\": spec.size in body must be of type integer: \"string\"")]
    [InlineData("""{"size":11}""", "spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10")]
    [InlineData("""{"size":1,"colour":"pink"}""", "spec.colour: Unsupported value: \"pink\": supported values: \"blue\", \"green\"")]
    [InlineData("""{"colour":"blue"}""", "spec.size: Required value")]
    [InlineData("""{"size":1,"code":"9"}""", "spec.code: Invalid value: \"9\": spec.code in body should match '^[a-z]+$'")]
    [InlineData("""{"size":1,"parts":[{"name":"a"},{"name":"a"}]}""", "spec.parts[1]: Duplicate value: {\"name\":\"a\"}")]
    public async Task API_70_violations_of_the_schema_are_named(string spec, string problem)
    {
        var path = await WidgetsAsync("invalid.example.com");
        var refused = await api.PostAsync(path, $$$"""{"metadata":{"name":"a"},"spec":{{{spec}}} }""");

        refused.Code.Should().Be(422);
        refused.Message.Should().Be($"Widget.invalid.example.com \"a\" is invalid: {problem}");
    }

    [Fact]
    public async Task API_70_a_rule_may_forbid_change()
    {
        var path = await WidgetsAsync("frozen.example.com");
        await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"size":1,"code":"x"}}""");

        var refused = await api.MergeAsync(path + "/a", """{"spec":{"code":"y"}}""");
        refused.Code.Should().Be(422);
        refused.Message.Should().Be("Widget.frozen.example.com \"a\" is invalid: spec.code: Invalid value: \"y\": code is immutable");
        (await api.MergeAsync(path + "/a", """{"spec":{"size":2}}""")).Code.Should().Be(200);
    }

    [Fact]
    public async Task API_72_deleting_a_definition_deletes_its_objects()
    {
        var path = await WidgetsAsync("gone.example.com");
        await api.PostAsync(path, """{"metadata":{"name":"held","finalizers":["example.com/hold"]},"spec":{"size":1}}""");
        await api.PostAsync(path, """{"metadata":{"name":"free"},"spec":{"size":1}}""");

        await api.DeleteAsync(Definitions + "/widgets.gone.example.com");
        (await api.GetAsync(path)).ItemNames.Should().Equal("held");
        (await api.PostAsync(path, """{"metadata":{"name":"late"},"spec":{"size":1}}""")).Code.Should().Be(405);
        await api.MergeAsync(path + "/held", """{"metadata":{"finalizers":null}}""");
        (await api.GetAsync(path)).Code.Should().Be(404);
        (await api.GetAsync(Definitions + "/widgets.gone.example.com")).Code.Should().Be(404);
    }

    [Fact]
    public async Task API_74_tables_have_the_definitions_columns()
    {
        var path = await WidgetsAsync("table.example.com");
        await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"size":3}}""");

        var table = await api.GetAsync(path, "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        table.Body!["columnDefinitions"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).Should().Equal("Name", "Size");
        table.Body["rows"]![0]!["cells"]!.ToJsonString().Should().Be("""["a",3]""");
        table.Body["rows"]![0]!["object"]!["kind"]!.GetValue<string>().Should().Be("PartialObjectMetadata");
    }

    private async Task<string> WidgetsAsync(string group)
    {
        await DefineAsync(group);
        return $"/apis/{group}/v1/namespaces/{await api.NewNamespaceAsync()}/widgets";
    }

    private async Task<string> DefineAsync(string group)
    {
        (await api.PostAsync(Definitions, Definition(group))).Code.Should().BeOneOf(201, 409);
        return group;
    }

    private static string Definition(string group) => """
        {"metadata":{"name":"widgets.GROUP"},
         "spec":{"group":"GROUP","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget"},
           "versions":[{"name":"v1","served":true,"storage":true,
             "subresources":{"status":{},"scale":{"specReplicasPath":".spec.size","statusReplicasPath":".status.ready","labelSelectorPath":".status.selector"}},
             "additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"}],
             "schema":{"openAPIV3Schema":{"type":"object","properties":{
               "spec":{"type":"object","required":["size"],"properties":{
                 "size":{"type":"integer","minimum":0,"maximum":10},
                 "colour":{"type":"string","default":"blue","enum":["blue","green"]},
                 "code":{"type":"string","pattern":"^[a-z]+$","x-kubernetes-validations":[{"rule":"self == oldSelf","message":"code is immutable"}]},
                 "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}},
                 "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},
               "status":{"type":"object","properties":{"ready":{"type":"integer"},"selector":{"type":"string"}}}}}}}]}}
        """.Replace("GROUP", group);
}
