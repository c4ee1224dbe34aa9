using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>API-01..07</summary>
public sealed class DiscoveryTests(ServerFixture api)
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    [Theory, InlineData("/api"), InlineData("/apis")]
    public async Task API_01_aggregated_discovery_names_its_decoder_in_the_content_type(string path)
    {
        var reply = await api.GetAsync(path, Aggregated);

        reply.Code.Should().Be(200);
        reply.Headers["Content-Type"].Replace(" ", "").Should().Be("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        reply.Body!["kind"]!.GetValue<string>().Should().Be("APIGroupDiscoveryList");
        reply.Body["apiVersion"]!.GetValue<string>().Should().Be("apidiscovery.k8s.io/v2");
    }

    [Fact]
    public async Task API_01_both_roots_together_name_every_resource()
    {
        var core = await api.GetAsync("/api", Aggregated);
        var groups = await api.GetAsync("/apis", Aggregated);

        Names(core).Should().Contain("pods").And.NotContain("deployments");
        Names(groups).Should().Contain(["deployments", "jobs", "customresourcedefinitions", "leases", "ingresses"]);
    }

    [Fact]
    public async Task API_02_plain_roots_list_versions_and_groups()
    {
        (await api.GetAsync("/api")).Body!["versions"]!.AsArray().Select(v => v!.GetValue<string>()).Should().Equal("v1");

        var groups = (await api.GetAsync("/apis")).Body!["groups"]!.AsArray();
        groups.Select(group => group!["preferredVersion"]!["groupVersion"]!.GetValue<string>()).Should().Contain(["apps/v1", "batch/v1"]);
    }

    [Fact]
    public async Task API_03_resource_list_has_subresources_short_names_and_verbs()
    {
        var resources = (await api.GetAsync("/apis/apps/v1")).Body!["resources"]!.AsArray();

        var deployments = resources.Single(r => r!["name"]!.GetValue<string>() == "deployments")!;
        deployments["shortNames"]!.AsArray().Single()!.GetValue<string>().Should().Be("deploy");
        deployments["verbs"]!.AsArray().Select(v => v!.GetValue<string>()).Should().Contain(["get", "list", "watch", "create", "update", "patch", "delete"]);
        resources.Select(r => r!["name"]!.GetValue<string>()).Should().Contain(["deployments/status", "deployments/scale"]);
    }

    [Theory, InlineData("/apis/nothing.example.com"), InlineData("/apis/nothing.example.com/v1")]
    public async Task API_03_of_an_unknown_group_nobody_speaks(string path)
    {
        var reply = await api.GetAsync(path);

        reply.Code.Should().Be(404);
        reply.Text.Should().Be("404 page not found\n");
    }

    [Theory, InlineData("/apis/apps/v9"), InlineData("/api/v2")]
    public async Task API_03_unknown_group_or_version_is_not_found(string path)
    {
        var reply = await api.GetAsync(path);

        reply.Code.Should().Be(404);
        reply.Body!["kind"]!.GetValue<string>().Should().Be("Status");
    }

    [Fact]
    public async Task API_04_aggregated_discovery_is_not_sent_twice()
    {
        var first = await api.GetAsync("/api", Aggregated);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api");
        request.Headers.TryAddWithoutValidation("Accept", Aggregated);
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers["ETag"]);
        using var second = await api.Http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)second.StatusCode).Should().Be(304);
        first.Headers["Vary"].Should().Be("Accept");
    }

    [Fact]
    public async Task API_06_version_presents_a_release()
    {
        var body = (await api.GetAsync("/version")).Body!;

        body["major"]!.GetValue<string>().Should().Be("1");
        body["minor"]!.GetValue<string>().Should().Be("35");
        body["gitVersion"]!.GetValue<string>().Should().StartWith("v1.35.");
    }

    [Theory, InlineData("/readyz"), InlineData("/livez"), InlineData("/healthz")]
    public async Task API_07_health_is_readable_without_a_token(string path)
    {
        using var anonymous = api.Client(null);
        (await anonymous.GetStringAsync(path, TestContext.Current.CancellationToken)).Should().Be("ok");
    }

    [Theory, InlineData(null), InlineData("wrong"), InlineData("a.b.c")]
    public async Task API_79_a_missing_or_bad_token_is_unauthorized(string? token)
    {
        using var client = api.Client(token);
        using var response = await client.GetAsync("/api/v1/pods", TestContext.Current.CancellationToken);
        var reply = await Reply.ReadAsync(response);

        reply.Code.Should().Be(401);
        reply.Reason.Should().Be("Unauthorized");
    }

    private static IEnumerable<string> Names(Reply reply) =>
        reply.Items.SelectMany(group => group!["versions"]!.AsArray()).SelectMany(version => version!["resources"]!.AsArray())
            .Select(resource => resource!["resource"]!.GetValue<string>());
}
