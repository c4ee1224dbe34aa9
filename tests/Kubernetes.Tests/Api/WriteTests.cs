using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>API-16, 17, 37..45: create, update, concurrency, generation, defaults.</summary>
public sealed class WriteTests(ServerFixture api)
{
    [Fact]
    public async Task API_16_failures_are_statuses_with_reason_and_details()
    {
        var space = await api.NewNamespaceAsync();
        var missing = await api.GetAsync($"/apis/apps/v1/namespaces/{space}/deployments/none");

        missing.Code.Should().Be(404);
        missing.Message.Should().Be("deployments.apps \"none\" not found");
        missing.Reason.Should().Be("NotFound");
        missing.Body!["code"]!.GetValue<int>().Should().Be(404);
        missing.Body["details"]!["kind"]!.GetValue<string>().Should().Be("deployments");
        missing.Body["details"]!["group"]!.GetValue<string>().Should().Be("apps");
    }

    [Fact]
    public async Task API_17_body_and_url_must_agree()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";

        var version = await api.PostAsync(path, """{"apiVersion":"v2","kind":"ConfigMap","metadata":{"name":"a"}}""");
        version.Code.Should().Be(400);
        version.Message.Should().Be("the API version in the data (v2) does not match the expected API version (v1)");

        (await api.PostAsync(path, """{"metadata":{"name":"a","namespace":"other"}}""")).Message
            .Should().Be("the namespace of the provided object does not match the namespace sent on the request");

        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");
        (await api.PutAsync(path + "/a", """{"metadata":{"name":"b"}}""")).Message
            .Should().Be("the name of the object (b) does not match the name on the URL (a)");
    }

    [Fact]
    public async Task API_37_create_fills_in_identity_and_drops_what_the_server_owns()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/services";
        var body = """{"metadata":{"name":"a","uid":"mine","deletionTimestamp":"2020-01-01T00:00:00Z"},"spec":{"ports":[{"port":80}]},"status":{"loadBalancer":{"ingress":[{"ip":"1.1.1.1"}]}}}""";
        var created = await api.PostAsync(path, body);

        created.Code.Should().Be(201);
        var metadata = created.Body!["metadata"]!;
        Guid.TryParse(metadata["uid"]!.GetValue<string>(), out _).Should().BeTrue();
        metadata["deletionTimestamp"].Should().BeNull();
        metadata["creationTimestamp"]!.GetValue<string>().Should().MatchRegex("^[0-9-]{10}T[0-9:]{8}Z$");
        created.Body["status"]!.ToJsonString().Should().Be("""{"loadBalancer":{}}""");

        var again = await api.PostAsync(path, body);
        again.Code.Should().Be(409);
        again.Reason.Should().Be("AlreadyExists");
        again.Message.Should().Be("services \"a\" already exists");
        (await api.PostAsync(path, """{"metadata":{"name":"b","resourceVersion":"7"},"spec":{"ports":[{"port":80}]}}""")).Code.Should().Be(500);
    }

    [Fact]
    public async Task API_38_generated_names_have_five_more_characters()
    {
        var space = await api.NewNamespaceAsync();
        var created = await api.PostAsync($"/api/v1/namespaces/{space}/configmaps", """{"metadata":{"generateName":"run-"}}""");

        created.Code.Should().Be(201);
        created.Name.Should().MatchRegex("^run-[a-z0-9]{5}$");
    }

    [Fact]
    public async Task API_39_of_two_updates_from_one_version_one_succeeds()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        var created = await api.PostAsync(path, """{"metadata":{"name":"a"}}""");
        JsonNode With(string value)
        {
            var copy = created.Body!.DeepClone();
            copy["data"] = new JsonObject { ["k"] = value };
            return copy;
        }

        var replies = await Task.WhenAll(api.PutAsync(path + "/a", With("1")), api.PutAsync(path + "/a", With("2")));

        replies.Select(reply => reply.Code).Should().BeEquivalentTo([200, 409]);
        replies.Single(reply => reply.Code == 409).Message.Should().Be(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again");
    }

    [Fact]
    public async Task API_40_built_in_kinds_may_be_updated_without_a_version()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/secrets";
        await api.PostAsync(path, """{"metadata":{"name":"a"}}""");

        (await api.PutAsync(path + "/a", """{"metadata":{"name":"a"},"data":{"k":"dg=="}}""")).Code.Should().Be(200);
        (await api.PutAsync(path + "/none", """{"metadata":{"name":"none"}}""")).Code.Should().Be(404);
        (await api.PutAsync($"/apis/coordination.k8s.io/v1/namespaces/{space}/leases/new", """{"metadata":{"name":"new"}}""")).Code.Should().Be(201);
    }

    [Fact]
    public async Task API_41_a_write_that_changes_nothing_is_no_write()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        var created = await api.PostAsync(path, """{"metadata":{"name":"a"},"data":{"x":"1","y":"2"}}""");

        var reordered = await api.PutAsync(path + "/a", """{"data":{"y":"2","x":"1"},"metadata":{"name":"a","labels":{}}}""");
        var patched = await api.MergeAsync(path + "/a", """{"data":{"x":"1"}}""");

        reordered.Version.Should().Be(created.Version);
        patched.Version.Should().Be(created.Version);
    }

    [Fact]
    public async Task API_42_generation_counts_changes_of_the_specification()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/apis/apps/v1/namespaces/{space}/replicasets";
        var created = await api.PostAsync(path, Workloads.ReplicaSet("a"));
        Generation(created).Should().Be(1);

        Generation(await api.MergeAsync(path + "/a", """{"metadata":{"labels":{"x":"y"},"generation":9}}""")).Should().Be(1);
        Generation(await api.MergeAsync(path + "/a/status", """{"status":{"replicas":3}}""")).Should().Be(1);
        Generation(await api.MergeAsync(path + "/a", """{"spec":{"replicas":2}}""")).Should().Be(2);
    }

    [Fact]
    public async Task API_43_selectors_and_identity_are_immutable()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/apis/apps/v1/namespaces/{space}/deployments";
        await api.PostAsync(path, Workloads.Deployment("a"));

        var selector = await api.MergeAsync(path + "/a", """{"spec":{"selector":{"matchLabels":{"app":"b"}},"template":{"metadata":{"labels":{"app":"b"}}}}}""");
        selector.Code.Should().Be(422);
        selector.Message.Should().EndWith("field is immutable");
        (await api.MergeAsync(path + "/a", """{"metadata":{"uid":"other"}}""")).Code.Should().Be(422);
        (await api.MergeAsync(path + "/a", """{"metadata":{"creationTimestamp":"2020-01-01T00:00:00Z"}}""")).Code.Should().Be(200);
    }

    [Fact]
    public async Task API_44_metadata_follows_its_syntax()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";

        (await api.PostAsync(path, """{"metadata":{"name":"Upper"}}""")).Message.Should().StartWith("ConfigMap \"Upper\" is invalid: metadata.name: Invalid value: \"Upper\": a lowercase RFC 1123 subdomain must consist of");
        (await api.PostAsync(path, """{"metadata":{"name":"a","labels":{"bad key":"x"}}}""")).Code.Should().Be(422);
        var big = new string('x', 256 * 1024);
        (await api.PostAsync(path, """{"metadata":{"name":"a","annotations":{"k":"BIG"}}}""".Replace("BIG", big))).Message.Should().Contain("metadata.annotations: Too long");
    }

    [Fact]
    public async Task API_45_deployments_get_upstreams_defaults()
    {
        var space = await api.NewNamespaceAsync();
        var created = await api.PostAsync($"/apis/apps/v1/namespaces/{space}/deployments", Workloads.Deployment("a"));
        var spec = created.Body!["spec"]!;

        spec["strategy"]!.ToJsonString().Should().Be("""{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"}""");
        spec["progressDeadlineSeconds"]!.GetValue<int>().Should().Be(600);
        spec["revisionHistoryLimit"]!.GetValue<int>().Should().Be(10);
        spec["replicas"]!.GetValue<int>().Should().Be(1);
        var pod = spec["template"]!["spec"]!;
        pod["restartPolicy"]!.GetValue<string>().Should().Be("Always");
        pod["terminationGracePeriodSeconds"]!.GetValue<int>().Should().Be(30);
        pod["containers"]![0]!["imagePullPolicy"]!.GetValue<string>().Should().Be("IfNotPresent");
    }

    [Fact]
    public async Task API_45_services_get_an_address_and_node_ports()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/services";
        var first = (await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"ports":[{"port":80}]}}""")).Body!["spec"]!;
        var second = (await api.PostAsync(path, """{"metadata":{"name":"b"},"spec":{"type":"NodePort","ports":[{"port":80}]}}""")).Body!["spec"]!;
        var headless = (await api.PostAsync(path, """{"metadata":{"name":"c"},"spec":{"clusterIP":"None","ports":[{"port":80}]}}""")).Body!["spec"]!;

        first["clusterIP"]!.GetValue<string>().Should().StartWith("127.65.").And.NotBe(second["clusterIP"]!.GetValue<string>());
        first["ports"]![0]!["targetPort"]!.GetValue<int>().Should().Be(80);
        second["ports"]![0]!["nodePort"]!.GetValue<int>().Should().BeInRange(30000, 32767);
        headless["clusterIP"]!.GetValue<string>().Should().Be("None");
        var kept = await api.PutAsync(path + "/a", """{"metadata":{"name":"a"},"spec":{"ports":[{"port":81}]}}""");
        kept.Body!["spec"]!["clusterIP"]!.GetValue<string>().Should().Be(first["clusterIP"]!.GetValue<string>());
    }

    [Fact]
    public async Task API_80_secrets_merge_string_data_and_keep_their_type()
    {
        var space = await api.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/secrets";
        var created = await api.PostAsync(path, """{"metadata":{"name":"a"},"stringData":{"k":"value"}}""");

        created.Body!["type"]!.GetValue<string>().Should().Be("Opaque");
        created.Body["data"]!["k"]!.GetValue<string>().Should().Be("dmFsdWU=");
        created.Body["stringData"].Should().BeNull();
        (await api.MergeAsync(path + "/a", """{"type":"other"}""")).Message.Should().Be("Secret \"a\" is invalid: type: Invalid value: \"other\": field is immutable");
    }

    private static int Generation(Reply reply) => reply.Body!["metadata"]!["generation"]!.GetValue<int>();
}
