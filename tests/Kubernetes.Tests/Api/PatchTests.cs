namespace Kubernetes.Tests.Api;

/// <summary>API-46..48</summary>
public sealed class PatchTests(ServerFixture api)
{
    private const string JsonPatch = "application/json-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";

    [Fact]
    public async Task API_46_merge_patches_remove_by_null_and_check_the_version()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"},"data":{"x":"1","y":"2"}}""");

        (await api.MergeAsync(path + "/a", """{"data":{"x":null,"z":"3"}}""")).Body!["data"]!.ToJsonString().Should().Be("""{"y":"2","z":"3"}""");
        (await api.MergeAsync(path + "/a", """{"metadata":{"resourceVersion":"1"},"data":{"y":"9"}}""")).Code.Should().Be(409);
    }

    [Fact]
    public async Task API_46_concurrent_patches_without_a_version_all_succeed()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => api.MergeAsync(path + "/a", $$$"""{"data":{"k{{{i}}}":"v"}}""")));

        replies.Should().OnlyContain(reply => reply.Code == 200);
        (await api.GetAsync(path + "/a")).Body!["data"]!.AsObject().Count.Should().Be(20);
    }

    [Fact]
    public async Task API_47_json_patches_apply_in_order_or_not_at_all()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"},"data":{"x":"1"}}""");

        var patched = await api.PatchAsync(path + "/a", """[{"op":"test","path":"/data/x","value":"1"},{"op":"replace","path":"/data/x","value":"2"},{"op":"add","path":"/metadata/labels","value":{"a~b/c":"d"}}]""", JsonPatch);
        patched.Code.Should().Be(422, "the label key is malformed");
        (await api.PatchAsync(path + "/a", """[{"op":"add","path":"/metadata/annotations","value":{}},{"op":"add","path":"/metadata/annotations/a~1b","value":"c"}]""", JsonPatch))
            .Body!["metadata"]!["annotations"]!["a/b"]!.GetValue<string>().Should().Be("c");
        (await api.PatchAsync(path + "/a", """[{"op":"test","path":"/data/x","value":"7"}]""", JsonPatch)).Code.Should().Be(422);
        (await api.PatchAsync(path + "/a", """[{"op":"remove","path":"/data/none"}]""", JsonPatch)).Code.Should().Be(422);
        (await api.GetAsync(path + "/a")).Body!["data"]!["x"]!.GetValue<string>().Should().Be("1");
    }

    [Fact]
    public async Task API_47_a_patch_of_too_many_operations_is_refused()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");
        var operations = string.Join(',', Enumerable.Repeat("""{"op":"test","path":"/kind","value":"ConfigMap"}""", 10_001));

        (await api.PatchAsync(path + "/a", $"[{operations}]", JsonPatch)).Code.Should().Be(413);
    }

    [Fact]
    public async Task API_48_strategic_patches_merge_lists_by_key()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/apis/apps/v1/namespaces/{space}/deployments";
        await api.PostAsync(path, Workloads.Deployment("a"));

        var patched = await api.PatchAsync(
            path + "/a",
            """{"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"side"},{"name":"main"}],"containers":[{"name":"side","image":"side:v1"},{"name":"main","image":"demo:v2"}]}}}}""",
            Strategic);
        var containers = patched.Body!["spec"]!["template"]!["spec"]!["containers"]!.AsArray();
        containers.Select(container => container!["image"]!.GetValue<string>()).Should().Equal("side:v1", "demo:v2");

        var removed = await api.PatchAsync(path + "/a", """{"spec":{"template":{"spec":{"containers":[{"$patch":"delete","name":"side"}]}}}}""", Strategic);
        removed.Body!["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task API_48_directives_replace_retain_and_delete()
    {
        var space = await api.NewNamespaceAsync();
        var services = $"/api/v1/namespaces/{space}/services";
        await api.PostAsync(services, """{"metadata":{"name":"a"},"spec":{"selector":{"app":"x","hash":"1"},"ports":[{"name":"http","port":80},{"name":"alt","port":81}]}}""");

        (await api.PatchAsync(services + "/a", """{"spec":{"selector":{"$patch":"replace","hash":"2"}}}""", Strategic))
            .Body!["spec"]!["selector"]!.ToJsonString().Should().Be("""{"hash":"2"}""");
        (await api.PatchAsync(services + "/a", """{"spec":{"ports":[{"port":80,"targetPort":8080}]}}""", Strategic))
            .Body!["spec"]!["ports"]!.AsArray().Count.Should().Be(2);

        var deployments = $"/apis/apps/v1/namespaces/{space}/deployments";
        await api.PostAsync(deployments, Workloads.Deployment("d"));
        (await api.PatchAsync(deployments + "/d", """{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}""", Strategic))
            .Body!["spec"]!["strategy"]!.ToJsonString().Should().Be("""{"type":"Recreate"}""");
        await api.MergeAsync(deployments + "/d", """{"metadata":{"finalizers":["example.com/a","example.com/b"]}}""");
        (await api.PatchAsync(deployments + "/d", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/a"]}}""", Strategic))
            .Body!["metadata"]!["finalizers"]!.ToJsonString().Should().Be("""["example.com/b"]""");
        await api.MergeAsync(deployments + "/d", """{"metadata":{"finalizers":null}}""");
    }

    [Fact]
    public async Task API_46_an_unknown_patch_type_is_unsupported()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");

        var reply = await api.PatchAsync(path + "/a", "{}", "application/json");
        reply.Code.Should().Be(415);
        reply.Reason.Should().Be("UnsupportedMediaType");
    }
}
