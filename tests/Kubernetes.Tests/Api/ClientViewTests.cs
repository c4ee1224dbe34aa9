using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>What particular clients rely on: metadata alone, events in two groups, leases, several versions of a definition, protobuf refused for custom resources.</summary>
public sealed class ClientViewTests(ServerFixture api)
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    [Fact]
    public async Task API_05_discovery_has_a_group_while_its_definition_is_there()
    {
        await DefineAsync("shown.example.com");
        (await GroupsAsync()).Should().Contain("shown.example.com");

        await api.DeleteAsync($"{Definitions}/cogs.shown.example.com");

        (await GroupsAsync()).Should().NotContain("shown.example.com");
        (await api.GetAsync("/apis/shown.example.com/v1/cogs")).Code.Should().Be(404);
    }

    [Fact]
    public async Task API_15_custom_resources_are_not_read_from_protobuf()
    {
        await DefineAsync("bytes.example.com");

        var refused = await api.PostAsync("/apis/bytes.example.com/v1/namespaces/default/cogs", "k8s\0", "application/vnd.kubernetes.protobuf");

        refused.Code.Should().Be(415);
        refused.Reason.Should().Be("UnsupportedMediaType");
    }

    [Fact]
    public async Task API_71_an_object_is_the_same_in_every_served_version()
    {
        await DefineAsync("several.example.com");
        var space = await api.NewNamespaceAsync();
        var created = await api.PostAsync($"/apis/several.example.com/v1/namespaces/{space}/cogs", """{"metadata":{"name":"a"},"spec":{"teeth":3}}""");

        var other = await api.GetAsync($"/apis/several.example.com/v2/namespaces/{space}/cogs/a");

        other.Body!["apiVersion"]!.GetValue<string>().Should().Be("several.example.com/v2");
        other.Version.Should().Be(created.Version);
        other.Body["spec"]!.ToJsonString().Should().Be("""{"teeth":3}""");
    }

    [Theory]
    [InlineData("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", "/a", "PartialObjectMetadata")]
    [InlineData("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1", "", "PartialObjectMetadataList")]
    public async Task API_75_metadata_clients_get_metadata_alone(string accept, string name, string kind)
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a","labels":{"l":"1"}},"data":{"k":"v"}}""");

        var reply = await api.GetAsync(path + name, accept);

        reply.Body!["kind"]!.GetValue<string>().Should().Be(kind);
        reply.Body["apiVersion"]!.GetValue<string>().Should().Be("meta.k8s.io/v1");
        var item = name.Length > 0 ? reply.Body : reply.Items[0]!;
        item["metadata"]!["labels"]!["l"]!.GetValue<string>().Should().Be("1");
        item["data"].Should().BeNull();
    }

    [Fact]
    public async Task API_76_events_are_one_store_with_two_groups()
    {
        var space = await api.NewNamespaceAsync();
        var core = $"/api/v1/namespaces/{space}/events";
        await api.PostAsync(core, $$$"""{"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p","namespace":"{{{space}}}"},"reason":"Tested","message":"m","count":1,"type":"Normal"}""");

        var counted = await api.PatchAsync(core + "/e", """{"count":2}""", "application/strategic-merge-patch+json");

        counted.Body!["count"]!.GetValue<int>().Should().Be(2);
        var other = await api.GetAsync($"/apis/events.k8s.io/v1/namespaces/{space}/events/e");
        other.Body!["regarding"]!["name"]!.GetValue<string>().Should().Be("p");
        other.Body["note"]!.GetValue<string>().Should().Be("m");
        (await api.PatchAsync(core + "/gone", """{"count":2}""", "application/strategic-merge-patch+json")).Code.Should().Be(404, "the recorder then creates it anew");
    }

    [Fact]
    public async Task API_77_of_two_that_take_a_lease_one_is_told_of_the_other()
    {
        var path = $"/apis/coordination.k8s.io/v1/namespaces/{await api.NewNamespaceAsync()}/leases";
        (await api.GetAsync(path + "/lock")).Code.Should().Be(404);
        var created = await api.PostAsync(path, """{"metadata":{"name":"lock"},"spec":{"holderIdentity":"none","leaseDurationSeconds":15}}""");
        created.Code.Should().Be(201);
        string Held(string holder)
        {
            var lease = created.Body!.DeepClone();
            lease["spec"]!["holderIdentity"] = holder;
            return lease.ToJsonString();
        }

        var answers = await Task.WhenAll(api.PutAsync(path + "/lock", Held("one")), api.PutAsync(path + "/lock", Held("two")), api.PutAsync(path + "/lock", Held("three")));

        answers.Select(answer => answer.Code).Should().BeEquivalentTo([200, 409, 409]);
        var winner = answers.Single(answer => answer.Code == 200).Body!["spec"]!["holderIdentity"]!.GetValue<string>();
        (await api.GetAsync(path + "/lock")).Body!["spec"]!["holderIdentity"]!.GetValue<string>().Should().Be(winner);
    }

    private async Task<List<string>> GroupsAsync() => [.. (await api.GetAsync("/apis")).Body!["groups"]!.AsArray().Select(group => group!["name"]!.GetValue<string>())];

    private async Task DefineAsync(string group)
    {
        var schema = JsonNode.Parse("""{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"teeth":{"type":"integer"}}}}}}""")!;
        JsonObject Version(string name, bool storage) => new() { ["name"] = name, ["served"] = true, ["storage"] = storage, ["schema"] = schema.DeepClone() };
        var definition = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = $"cogs.{group}" },
            ["spec"] = new JsonObject
            {
                ["group"] = group,
                ["scope"] = "Namespaced",
                ["names"] = new JsonObject { ["plural"] = "cogs", ["singular"] = "cog", ["kind"] = "Cog" },
                ["versions"] = new JsonArray(Version("v1", storage: true), Version("v2", storage: false)),
            },
        };
        (await api.PostAsync(Definitions, definition.ToJsonString())).Code.Should().Be(201);
    }
}
