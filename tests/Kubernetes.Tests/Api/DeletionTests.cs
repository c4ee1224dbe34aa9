namespace Kubernetes.Tests.Api;

/// <summary>API-55..65: subresources, dry run, deletion, namespaces.</summary>
public sealed class DeletionTests(ServerFixture api)
{
    [Theory, InlineData("configmaps", """{"metadata":{"name":"a"}}""")]
    public async Task API_55_a_dry_run_answers_and_stores_nothing(string resource, string body)
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/{resource}";
        var before = await api.GetAsync(path);

        (await api.PostAsync(path + "?dryRun=All", body)).Code.Should().Be(201);
        (await api.GetAsync(path + "/a")).Code.Should().Be(404);
        (await api.PostAsync(path + "?dryRun=Some", body)).Code.Should().Be(422);
        await api.PostAsync(path, body);
        (await api.SendAsync(HttpMethod.Patch, path + "/a?dryRun=All", """{"data":{"k":"v"}}""", "application/merge-patch+json")).Body!["data"]!["k"]!.GetValue<string>().Should().Be("v");
        (await api.DeleteAsync(path + "/a?dryRun=All")).Code.Should().Be(200);
        (await api.GetAsync(path + "/a")).Body!["data"].Should().BeNull();
        (await api.GetAsync($"{path}?resourceVersion={before.Version}&resourceVersionMatch=Exact")).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task API_57_deleting_answers_with_the_uid()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var created = await api.PostAsync(path, """{"metadata":{"name":"a"}}""");

        var deleted = await api.DeleteAsync(path + "/a");
        deleted.Code.Should().Be(200);
        deleted.Body!["status"]!.GetValue<string>().Should().Be("Success");
        deleted.Body["details"]!["uid"]!.GetValue<string>().Should().Be(created.Body!["metadata"]!["uid"]!.GetValue<string>());
        (await api.DeleteAsync(path + "/a")).Code.Should().Be(404);
    }

    [Fact]
    public async Task API_58_finalizers_hold_an_object_until_they_are_gone()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var created = await api.PostAsync(path, """{"metadata":{"name":"a","finalizers":["example.com/hold"]}}""");
        await using var watch = await WatchReader.OpenAsync(api, $"{path}?watch=1&resourceVersion={created.Version}");

        var first = await api.DeleteAsync(path + "/a");
        first.Body!["kind"]!.GetValue<string>().Should().Be("ConfigMap");
        first.Body["metadata"]!["deletionGracePeriodSeconds"]!.GetValue<int>().Should().Be(0);
        var second = await api.DeleteAsync(path + "/a");
        second.Version.Should().Be(first.Version);
        (await api.MergeAsync(path + "/a", """{"metadata":{"finalizers":["example.com/hold","example.com/more"]}}""")).Message.Should().Contain("no new finalizers can be added if the object is being deleted");
        (await api.MergeAsync(path + "/a", """{"metadata":{"finalizers":null}}""")).Code.Should().Be(200);

        (await watch.NextLineAsync()).Should().Be("MODIFIED a");
        (await watch.NextLineAsync()).Should().Be("DELETED a");
        (await api.GetAsync(path + "/a")).Code.Should().Be(404);
    }

    [Fact]
    public async Task A_namespace_that_is_deleted_again_is_as_it_was()
    {
        await using var later = new ServerFixture { Time = new Cluster.FastClock(10_000) }; // between two requests seconds pass, which is what a deletionTimestamp counts
        await later.InitializeAsync();
        var path = $"/api/v1/namespaces/{await later.NewNamespaceAsync()}";

        var first = await later.DeleteAsync(path);
        var second = await later.DeleteAsync(path);

        first.Body!["status"]!["phase"]!.GetValue<string>().Should().Be("Terminating");
        second.Version.Should().Be(first.Version);
    }

    [Fact]
    public async Task API_59_a_pod_on_a_node_stays_until_its_node_lets_it_go()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/pods";
        await api.PostAsync(path, Workloads.Pod("bound", ",\"nodeName\":\"n1\""));
        await api.PostAsync(path, Workloads.Pod("free"));

        var bound = await api.DeleteAsync(path + "/bound");
        bound.Body!["metadata"]!["deletionGracePeriodSeconds"]!.GetValue<int>().Should().Be(30);
        (await api.GetAsync(path + "/bound")).Code.Should().Be(200);
        (await api.DeleteAsync(path + "/bound", """{"gracePeriodSeconds":0}""")).Code.Should().Be(200);
        (await api.GetAsync(path + "/bound")).Code.Should().Be(404);
        await api.DeleteAsync(path + "/free");
        (await api.GetAsync(path + "/free")).Code.Should().Be(404);
    }

    [Fact]
    public async Task API_59_preconditions_and_policies_are_checked()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");

        (await api.DeleteAsync(path + "/a", """{"preconditions":{"uid":"other"}}""")).Code.Should().Be(409);
        (await api.DeleteAsync(path + "/a", """{"preconditions":{"resourceVersion":"1"}}""")).Code.Should().Be(409);
        (await api.DeleteAsync(path + "/a", """{"propagationPolicy":"Sideways"}""")).Code.Should().Be(422);
    }

    [Theory, InlineData("Foreground", "foregroundDeletion"), InlineData("Orphan", "orphan")]
    public async Task API_61_policies_become_finalizers(string policy, string finalizer)
    {
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/replicasets";
        await api.PostAsync(path, Workloads.ReplicaSet("a"));

        var deleted = await api.DeleteAsync(path + "/a", $$$"""{"propagationPolicy":"{{{policy}}}"}""");
        deleted.Body!["metadata"]!["finalizers"]!.ToJsonString().Should().Be($"[\"{finalizer}\"]");
        deleted.Body["metadata"]!["generation"]!.GetValue<int>().Should().Be(2);
    }

    [Fact]
    public async Task API_63_a_collection_is_deleted_by_selector()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        await api.PostAsync(path, """{"metadata":{"name":"a","labels":{"go":"yes"}}}""");
        await api.PostAsync(path, """{"metadata":{"name":"b"}}""");

        (await api.DeleteAsync(path + "?labelSelector=go%3Dyes")).Code.Should().Be(200);
        (await api.GetAsync(path)).ItemNames.Should().Equal("b");
    }

    [Fact]
    public async Task API_64_nothing_is_made_in_a_namespace_that_is_missing_or_going()
    {
        (await api.PostAsync("/api/v1/namespaces/nowhere/configmaps", """{"metadata":{"name":"a"}}""")).Message.Should().Be("namespaces \"nowhere\" not found");

        var space = await api.NewNamespaceAsync();
        (await api.DeleteAsync($"/api/v1/namespaces/{space}")).Body!["status"]!["phase"]!.GetValue<string>().Should().Be("Terminating");
        var refused = await api.PostAsync($"/api/v1/namespaces/{space}/configmaps", """{"metadata":{"name":"a"}}""");
        refused.Code.Should().Be(403);
        refused.Message.Should().Be($"configmaps \"a\" is forbidden: unable to create new content in namespace {space} because it is being terminated");
        refused.Body!["details"]!["causes"]![0]!["reason"]!.GetValue<string>().Should().Be("NamespaceTerminating");
    }

    [Fact]
    public async Task API_65_a_namespace_goes_when_it_is_finalized()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}";
        var created = await api.GetAsync(path);
        created.Body!["spec"]!["finalizers"]!.ToJsonString().Should().Be("""["kubernetes"]""");
        created.Body["metadata"]!["labels"]!["kubernetes.io/metadata.name"]!.GetValue<string>().Should().Be(space);

        var terminating = await api.DeleteAsync(path);
        terminating.Body!["spec"]!["finalizers"] = new System.Text.Json.Nodes.JsonArray();
        (await api.PutAsync(path + "/finalize", terminating.Body)).Code.Should().Be(200);
        (await api.GetAsync(path)).Code.Should().Be(404);
        (await api.DeleteAsync("/api/v1/namespaces/default")).Code.Should().Be(403);
    }

    [Fact]
    public async Task API_53_status_and_specification_are_written_apart()
    {
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/deployments";
        await api.PostAsync(path, Workloads.Deployment("a"));

        (await api.MergeAsync(path + "/a/status", """{"status":{"replicas":5},"spec":{"replicas":9}}""")).Body!["spec"]!["replicas"]!.GetValue<int>().Should().Be(1);
        var main = await api.MergeAsync(path + "/a", """{"status":{"replicas":7},"spec":{"replicas":2}}""");
        main.Body!["status"]!["replicas"]!.GetValue<int>().Should().Be(5);
        main.Body["spec"]!["replicas"]!.GetValue<int>().Should().Be(2);
        (await api.MergeAsync($"{path.Replace("/apis/apps/v1", "/api/v1").Replace("deployments", "configmaps")}/a/status", "{}")).Code.Should().Be(404);
    }

    [Fact]
    public async Task API_54_scale_reads_and_writes_replicas()
    {
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/deployments";
        await api.PostAsync(path, Workloads.Deployment("a", 3));

        var scale = await api.GetAsync(path + "/a/scale");
        scale.Body!["kind"]!.GetValue<string>().Should().Be("Scale");
        scale.Body["spec"]!["replicas"]!.GetValue<int>().Should().Be(3);
        scale.Body["status"]!["selector"]!.GetValue<string>().Should().Be("app=a");
        scale.Body["spec"]!["replicas"] = 5;
        (await api.PutAsync(path + "/a/scale", scale.Body)).Code.Should().Be(200);
        (await api.GetAsync(path + "/a")).Body!["spec"]!["replicas"]!.GetValue<int>().Should().Be(5);
    }

    [Fact]
    public async Task API_56_a_pod_is_bound_once_and_evicted()
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/pods";
        await api.PostAsync(path, Workloads.Pod("a"));
        const string binding = """{"metadata":{"name":"a"},"target":{"kind":"Node","name":"n1"}}""";

        (await api.PostAsync(path + "/a/binding", binding)).Code.Should().Be(201);
        (await api.GetAsync(path + "/a")).Body!["spec"]!["nodeName"]!.GetValue<string>().Should().Be("n1");
        (await api.PostAsync(path + "/a/binding", binding)).Code.Should().Be(409);
        (await api.PostAsync(path + "/a/eviction", """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"a"},"deleteOptions":{"gracePeriodSeconds":0}}""")).Code.Should().Be(201);
        (await api.GetAsync(path + "/a")).Code.Should().Be(404);
    }
}
