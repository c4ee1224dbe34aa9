using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>API-49..52: server-side apply.</summary>
public sealed class ApplyTests(ServerFixture api)
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    private const string ApplyPatch = "application/apply-patch+yaml";

    [Fact]
    public async Task API_49_apply_creates_then_updates()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps/a";

        (await ApplyAsync(path, "one", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"}}""")).Code.Should().Be(201);
        var second = await ApplyAsync(path, "one", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: \"2\"}\n");
        second.Code.Should().Be(200);
        second.Body!["data"]!["x"]!.GetValue<string>().Should().Be("2");
        var third = await ApplyAsync(path, "one", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"2"}}""");
        third.Version.Should().Be(second.Version);
    }

    [Fact]
    public async Task API_49_malformed_requests_are_refused()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps/a";
        const string body = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}""";

        (await api.PatchAsync(path, body, ApplyPatch)).Message.Should().Be("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        (await ApplyAsync(path, "m", body.Replace("\"name\"", "\"managedFields\":[{}],\"name\""))).Message.Should().Be("metadata.managedFields must be nil");
        (await ApplyAsync(path, "m", body.Replace("v1", "v2"))).Code.Should().Be(400);
        (await api.MergeAsync(path + "?force=true", "{}")).Message.Should().Contain("force: Forbidden: may not be specified for non-apply patch");
    }

    [Fact]
    public async Task API_50_another_managers_value_is_a_conflict_unless_forced()
    {
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/deployments/a";
        await ApplyAsync(path, "m1", Workloads.Deployment("a", 1));

        var refused = await ApplyAsync(path, "m2", Workloads.Deployment("a", 2));
        refused.Code.Should().Be(409);
        refused.Message.Should().Be("Apply failed with 1 conflict: conflict with \"m1\": .spec.replicas");
        refused.Body!["details"]!["causes"]![0]!["reason"]!.GetValue<string>().Should().Be("FieldManagerConflict");
        var forced = await ApplyAsync(path, "m2&force=true", Workloads.Deployment("a", 2));
        forced.Body!["spec"]!["replicas"]!.GetValue<int>().Should().Be(2);
        (await ApplyAsync(path, "m1", Workloads.Deployment("a", 1))).Message.Should().Contain("conflict with \"m2\"");
    }

    [Fact]
    public async Task API_50_what_is_left_out_goes_unless_another_owns_it()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps/a";
        string Body(string data) => """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":DATA}""".Replace("DATA", data);
        await ApplyAsync(path, "m1", Body("""{"x":"1","y":"1"}"""));
        await ApplyAsync(path, "m2", Body("""{"y":"1"}"""));

        var left = await ApplyAsync(path, "m1", Body("""{"z":"1"}"""));
        left.Body!["data"]!.ToJsonString().Should().Be("""{"y":"1","z":"1"}""");
    }

    [Fact]
    public async Task API_50_lists_merge_by_their_keys()
    {
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/deployments/a";
        await ApplyAsync(path, "m1", Workloads.Deployment("a"));
        const string sidecar = """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"},"spec":{"template":{"spec":{"containers":[{"name":"side","image":"side:v1"}]}}}}""";

        var both = await ApplyAsync(path, "m2", sidecar);
        both.Body!["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).Should().Equal("main", "side");
        var again = await ApplyAsync(path, "m2", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"}}""");
        again.Body!["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task API_51_managers_are_listed_with_their_fields()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps/a";
        await ApplyAsync(path, "m1", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"l":"1"}},"data":{"x":"1"}}""");
        var updated = await api.MergeAsync(path + "?fieldManager=editor", """{"data":{"x":"2","y":"1"}}""");

        var managers = updated.Body!["metadata"]!["managedFields"]!.AsArray();
        managers.Select(m => $"{m!["manager"]}/{m["operation"]}/{m["apiVersion"]}").Should().Equal("m1/Apply/v1", "editor/Update/v1");
        managers[0]!["fieldsV1"]!.ToJsonString().Should().Be("""{"f:metadata":{"f:labels":{"f:l":{}}}}""");
        managers[1]!["fieldsV1"]!.ToJsonString().Should().Be("""{"f:data":{"f:x":{},"f:y":{}}}""");
        (await api.MergeAsync(path, """{"metadata":{"managedFields":[{}]}}""")).Body!["metadata"]!["managedFields"].Should().BeNull();
    }

    [Fact]
    public async Task API_51_the_first_apply_of_an_untracked_object_keeps_what_was_there()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"},"data":{"x":"1"}}""");
        await api.MergeAsync(path + "/a", """{"metadata":{"managedFields":[{}]}}""");
        (await api.MergeAsync(path + "/a", """{"data":{"y":"1"}}""")).Body!["metadata"]!["managedFields"].Should().BeNull("it is not tracked until it is applied");

        var refused = await ApplyAsync(path + "/a", "m1", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"2"}}""");
        refused.Code.Should().Be(409);
        refused.Message.Should().StartWith("Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: ");
    }

    [Fact]
    public async Task API_52_kubectl_keeps_the_annotation_of_client_side_apply_in_step()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var configuration = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"}}""";
        var annotated = JsonNode.Parse(configuration)!;
        annotated["metadata"]!["annotations"] = new JsonObject { [LastApplied] = configuration + "\n" };
        await api.PostAsync(path + "?fieldManager=kubectl-client-side-apply", annotated.ToJsonString());
        var next = configuration.Replace("\"1\"", "\"2\"");

        (await ApplyAsync(path + "/a", "other", next)).Code.Should().Be(409, "kubectl-client-side-apply owns the value");
        var applied = await ApplyAsync(path + "/a", "kubectl", next);

        applied.Code.Should().Be(200, "what kubectl applied client-side is its own");
        JsonNode.Parse(applied.Body!["metadata"]!["annotations"]![LastApplied]!.GetValue<string>())!["data"]!["x"]!.GetValue<string>().Should().Be("2");
        await api.MergeAsync(path + "/a?fieldManager=editor", """{"data":{"x":"edited"}}""");
        (await ApplyAsync(path + "/a", "kubectl", configuration.Replace("\"1\"", "\"3\""))).Message.Should().Contain("conflict with \"editor\"");
    }

    private Task<Reply> ApplyAsync(string path, string manager, string body) => api.PatchAsync($"{path}?fieldManager={manager}", body, ApplyPatch);
}
