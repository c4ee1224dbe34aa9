using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;

namespace Kubernetes.Tests.Api.Protobuf;

/// <summary>API-15: what is answered to clients that take protobuf says the same as the answer in JSON, as a real server's does.</summary>
public sealed class ProtobufAnswersTests(ServerFixture api)
{
    private const string MediaType = "application/vnd.kubernetes.protobuf";

    /// <summary>What typed clients of client-go send.</summary>
    private const string Preferred = $"{MediaType},application/json";

    private const string Definition = """
        {"metadata":{"name":"cogs.GROUP"},"spec":{"group":"GROUP","scope":"Namespaced","names":{"plural":"cogs","singular":"cog","kind":"Cog","listKind":"CogList"},
         "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}},
          "subresources":{"scale":{"specReplicasPath":".spec.teeth","statusReplicasPath":".status.teeth"}}}]}}
        """;

    private const string Deployment = """
        {"metadata":{"name":"a"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"a"}},"strategy":{"rollingUpdate":{"maxSurge":"25%"}},"template":{"metadata":{"labels":{"app":"a"}},
         "spec":{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"250m"}},"readinessProbe":{"httpGet":{"path":"/","port":"http"}}}],"volumes":[{"name":"v","emptyDir":{}}]}}}}
        """;

    [Fact]
    public async Task Every_built_in_kind_is_answered_in_protobuf()
    {
        foreach (var resource in BuiltInResources.All().Where(resource => resource.Verbs.Contains("list")))
        {
            var path = $"{(resource.Group.Length == 0 ? "/api" : "/apis")}/{resource.ApiVersion}/{resource.Plural}";
            var list = await GetAsync(path);

            list.Type.Should().Be(MediaType, path);
            list.Kind.Should().Be(resource.ListKind, list.Message);
        }
    }

    [Fact]
    public async Task An_object_is_the_same_in_both_forms_whatever_is_done_with_it()
    {
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/deployments";

        var created = await SendAsync(HttpMethod.Post, path, Deployment);
        created.Code.Should().Be(201);
        await SameAsync(created, $"{path}/a");
        await SameAsync(await GetAsync($"{path}/a"), $"{path}/a");
        await SameAsync(await SendAsync(HttpMethod.Patch, $"{path}/a", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json"), $"{path}/a");
        await SameAsync(
            await SendAsync(HttpMethod.Patch, $"{path}/a?fieldManager=me", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","labels":{"c":"d"}}}""", "application/apply-patch+yaml"),
            $"{path}/a");
        await SameAsync(await SendAsync(HttpMethod.Put, $"{path}/a", (await api.GetAsync($"{path}/a")).Text), $"{path}/a");
        await SameAsync(await GetAsync($"{path}/a/scale"), $"{path}/a/scale");
        await SameAsync(await GetAsync($"{path}/a/status", Preferred), $"{path}/a/status");

        var deleted = await SendAsync(HttpMethod.Delete, $"{path}/a", null);
        deleted.Kind.Should().Be("Status");
        deleted.Body!["status"]!.GetValue<string>().Should().Be("Success");
        deleted.Body!["details"]!["name"]!.GetValue<string>().Should().Be("a");
    }

    [Fact]
    public async Task A_list_is_the_same_in_both_forms()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"},"data":{"b":"","a":"ü"},"binaryData":{"x":"AAEC"}}""");
        await api.PostAsync(path, """{"metadata":{"name":"b"},"immutable":false}""");

        var list = await GetAsync($"{path}?limit=1");

        list.Kind.Should().Be("ConfigMapList");
        list.Body!["metadata"]!["continue"]!.GetValue<string>().Should().NotBeEmpty();
        list.Body!["metadata"]!["remainingItemCount"]!.GetValue<long>().Should().Be(1);
        var item = list.Body!["items"]!.AsArray().Should().ContainSingle().Subject!;
        var alone = (await api.GetAsync($"{path}/a")).Body!.AsObject();
        alone.Remove("apiVersion");
        alone.Remove("kind");
        Same(item, alone);
        (await SendAsync(HttpMethod.Delete, path, null)).Body!["items"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public async Task Free_form_json_may_be_as_deep_as_a_body_may_be()
    {
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/controllerrevisions";
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 200)) + "1" + new string('}', 200);
        (await api.PostAsync(path, $$"""{"metadata":{"name":"a"},"revision":1,"data":{{deep}}}""")).Code.Should().Be(201);

        (await GetAsync(path)).Kind.Should().Be("ControllerRevisionList");
    }

    [Fact]
    public async Task A_watch_sends_frames()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"},"data":{"k":"v"}}""");

        await using var watch = await WatchReader.OpenAsync(api, $"{path}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan", Preferred);

        watch.Type.Should().Be($"{MediaType};stream=watch");
        var (type, added) = (await watch.NextAsync())!.Value;
        type.Should().Be("ADDED");
        Same(added, (await api.GetAsync($"{path}/a")).Body!);
        var (bookmarked, bookmark) = (await watch.NextAsync())!.Value;
        bookmarked.Should().Be("BOOKMARK");
        bookmark["kind"]!.GetValue<string>().Should().Be("ConfigMap");
        bookmark["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.GetValue<string>().Should().Be("true");
    }

    [Fact]
    public async Task Errors_are_answered_in_protobuf()
    {
        var missing = await GetAsync("/api/v1/namespaces/nope", Preferred);
        (missing.Code, missing.Type).Should().Be((404, MediaType));
        missing.Message.Should().Be("namespaces \"nope\" not found");
        missing.Body!["details"]!["kind"]!.GetValue<string>().Should().Be("namespaces");

        var invalid = await SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"name":"A"}}""", accept: Preferred);
        invalid.Code.Should().Be(422);
        invalid.Body!["details"]!["causes"]!.AsArray().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("application/json,application/vnd.kubernetes.protobuf", "application/json")]
    [InlineData("application/json;q=0.5,application/vnd.kubernetes.protobuf;q=0.9", MediaType)]
    [InlineData("application/json;q=0.9,application/vnd.kubernetes.protobuf;q=0.5", "application/json")]
    [InlineData("application/xml,application/vnd.kubernetes.protobuf", MediaType)]
    [InlineData("application/json;as=Other;v=v1;g=meta.k8s.io,application/vnd.kubernetes.protobuf", MediaType)]
    [InlineData("*/*", "application/json")]
    public async Task The_best_of_what_is_accepted_is_answered(string accept, string type) =>
        (await GetAsync("/api/v1/namespaces/default", accept)).Type.Should().Be(type);

    [Theory]
    [InlineData("/api/v1/namespaces/default", "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1", "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf")]
    [InlineData("/api/v1/namespaces/default", "text/html", "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf")]
    [InlineData("/apis", "text/html", "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf")]
    public async Task What_cannot_be_answered_is_refused_in_json(string path, string accept, string message)
    {
        var refused = await api.GetAsync(path, accept);

        refused.Code.Should().Be(406);
        refused.Message.Should().Be(message);
        refused.Headers["Content-Type"].Should().Be("application/json");
    }

    [Fact]
    public async Task Metadata_alone_comes_in_protobuf()
    {
        var one = await GetAsync("/api/v1/namespaces/default", $"{MediaType};as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        var list = await GetAsync("/api/v1/namespaces", $"{MediaType};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");

        one.Kind.Should().Be("PartialObjectMetadata");
        Same(one.Body!["metadata"]!, (await api.GetAsync("/api/v1/namespaces/default")).Body!["metadata"]!);
        list.Kind.Should().Be("PartialObjectMetadataList");
    }

    [Fact]
    public async Task Custom_resources_stay_json()
    {
        const string group = "answers.example.com";
        (await api.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Definition.Replace("GROUP", group))).Code.Should().Be(201);
        var path = $"/apis/{group}/v1/namespaces/{await api.NewNamespaceAsync()}/cogs";
        (await api.PostAsync(path, """{"apiVersion":"answers.example.com/v1","kind":"Cog","metadata":{"name":"a"},"spec":{"teeth":3}}""")).Code.Should().Be(201);

        foreach (var read in (string[])[path, $"{path}/a", $"{path}/a/scale", $"{path}?watch=1&timeoutSeconds=1"])
        {
            var refused = await GetAsync(read);
            (refused.Code, refused.Type).Should().Be((406, MediaType), read);
            refused.Message.Should().Be("only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf");
            (await GetAsync(read, Preferred)).Type.Should().Be("application/json");
        }
        var metadata = await GetAsync($"{path}/a", $"{MediaType};as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        metadata.Body!["metadata"]!["name"]!.GetValue<string>().Should().Be("a");
        (await GetAsync($"{path}/nope", Preferred)).Type.Should().Be(MediaType, "errors do not depend on the kind");
        (await GetAsync($"/apis/{group}/v1")).Body!["resources"]!.AsArray().Should().HaveCount(2);
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/apis")]
    [InlineData("/apis/apps")]
    [InlineData("/apis/apps/v1")]
    [InlineData("/api/v1")]
    public async Task Discovery_is_answered_in_protobuf(string path)
    {
        var document = await GetAsync(path);

        document.Type.Should().Be(MediaType);
        document.Kind.Should().Be((await api.GetAsync(path)).Kind);
    }

    [Fact]
    public async Task Aggregated_discovery_is_answered_in_protobuf()
    {
        const string type = $"{MediaType};g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

        var document = await GetAsync("/apis", type);

        document.Type.Should().Be(type);
        document.Body!["items"]!.AsArray().Should().Contain(group => group!["metadata"]!["name"]!.GetValue<string>() == "apps");
    }

    private Task<Reply> GetAsync(string path, string accept = MediaType) => api.GetAsync(path, accept);

    private Task<Reply> SendAsync(HttpMethod method, string path, string? body, string? type = "application/json", string accept = MediaType) =>
        api.SendAsync(method, path, body, type, accept);

    private async Task SameAsync(Reply reply, string path)
    {
        reply.Type.Should().Be(MediaType);
        Same(reply.Body!, (await api.GetAsync(path)).Body!);
    }

    /// <summary>Go's JSON shows times that are not set as null and empty structs as {}; protobuf brings them as nothing.</summary>
    private static void Same(JsonNode read, JsonNode json)
    {
        WithoutEmpty(read).ToJsonString().Should().Be(WithoutEmpty(json).ToJsonString());
    }

    private static JsonNode WithoutEmpty(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map
            .Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : WithoutEmpty(member.Value)))
            .Where(member => member.Value is not (null or JsonObject { Count: 0 } or JsonArray { Count: 0 }))
            .OrderBy(member => member.Key, StringComparer.Ordinal)),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : WithoutEmpty(item))]),
        _ => node.DeepClone(),
    };
}
