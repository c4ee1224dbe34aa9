using System.Text;

namespace Kubernetes.Tests.Api;

/// <summary>What no client should send, and the server must survive.</summary>
public sealed class BadInputTests(ServerFixture api)
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"metadata\":{\"name\":\"a\"}} x")]
    [InlineData("{\"data\":{\"x\":1e999}}")]
    [InlineData("{\"data\":[1]}")]
    [InlineData("{\"data\":{\"x\":{}}}")]
    public async Task Malformed_objects_are_bad_requests(string body)
    {
        var reply = await api.PostAsync($"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps", body);

        reply.Code.Should().Be(400);
        reply.Reason.Should().Be("BadRequest");
    }

    [Fact]
    public async Task Too_deep_nesting_is_a_bad_request()
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 50_000));
        (await api.PostAsync("/api/v1/namespaces/default/configmaps", body)).Code.Should().Be(400);
    }

    [Theory, InlineData("["), InlineData("{a: "), InlineData("- ")]
    public async Task Too_deep_yaml_is_a_bad_request(string open)
    {
        var body = string.Concat(Enumerable.Repeat(open, 100_000));
        (await api.PostAsync("/api/v1/namespaces/default/configmaps", body, "application/yaml")).Code.Should().Be(400);
    }

    [Fact]
    public async Task A_thousand_levels_of_an_open_schema_are_stored_and_read_back()
    {
        var space = await api.NewNamespaceAsync();
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", 900)) + "1" + new string('}', 900);
        var path = $"/apis/apps/v1/namespaces/{space}/controllerrevisions";

        (await api.PostAsync(path, $$$"""{"metadata":{"name":"deep"},"revision":1,"data":{{{nested}}}}""")).Code.Should().Be(201);

        (await api.GetAsync($"{path}/deep")).Text.Should().Contain(nested);
        (await api.MergeAsync($"{path}/deep", """{"metadata":{"labels":{"a":"b"}}}""")).Code.Should().Be(200);
    }

    [Fact]
    public async Task An_alias_of_itself_is_a_bad_request() =>
        (await api.PostAsync("/api/v1/namespaces/default/configmaps", "a: &x [*x]\n", "application/yaml")).Code.Should().Be(400);

    [Fact]
    public async Task Too_large_a_body_is_refused()
    {
        var reply = await api.PostAsync("/api/v1/namespaces/default/configmaps", new string(' ', 4 * 1024 * 1024));
        reply.Code.Should().Be(413);
        reply.Message.Should().Be("Request entity too large: limit is 3145728");
    }

    [Fact]
    public async Task Invalid_utf8_is_a_bad_request()
    {
        using var content = new ByteArrayContent([.. Encoding.ASCII.GetBytes("{\"metadata\":{\"name\":\""), 0xFF, 0xFE, .. Encoding.ASCII.GetBytes("\"}}")]);
        content.Headers.ContentType = new("application/json");
        using var response = await api.Http.PostAsync("/api/v1/namespaces/default/configmaps", content, TestContext.Current.CancellationToken);
        ((int)response.StatusCode).Should().Be(400);
    }

    [Theory]
    [InlineData("application/vnd.kubernetes.protobuf", "{}", 400)]
    [InlineData("application/vnd.kubernetes.protobuf", "k8s\0\x0a\x7f", 400)]
    [InlineData("text/plain", "{}", 415)]
    [InlineData("application/yaml", "a: [", 400)]
    [InlineData("application/yaml", "? {a: b}\n: c", 400)]
    public async Task Bodies_of_other_types_are_named(string type, string body, int code) =>
        (await api.PostAsync("/api/v1/namespaces/default/configmaps", body, type)).Code.Should().Be(code);

    [Fact]
    public async Task Yaml_that_grows_by_aliases_is_refused()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 9; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }
        (await api.PostAsync("/api/v1/namespaces/default/configmaps", bomb.ToString(), "application/yaml")).Code.Should().Be(400);
    }

    [Theory]
    [InlineData("application/json-patch+json", "{}")]
    [InlineData("application/json-patch+json", "[1]")]
    [InlineData("application/json-patch+json", "[{\"op\":\"add\",\"path\":\"/data/x/y/z\",\"value\":1}]")]
    [InlineData("application/json-patch+json", "[{\"op\":\"remove\",\"path\":\"\"}]")]
    [InlineData("application/merge-patch+json", "[]")]
    [InlineData("application/merge-patch+json", "{\"metadata\":1}")]
    [InlineData("application/strategic-merge-patch+json", "{\"$patch\":\"explode\"}")]
    [InlineData("application/strategic-merge-patch+json", "{\"metadata\":{\"ownerReferences\":[{\"name\":\"no uid\"}]}}")]
    public async Task Malformed_patches_are_refused_and_change_nothing(string type, string patch)
    {
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var created = await api.PostAsync(path, """{"metadata":{"name":"a"},"data":{"k":"v"}}""");

        (await api.PatchAsync(path + "/a", patch, type)).Code.Should().BeOneOf(400, 422);
        (await api.GetAsync(path + "/a")).Version.Should().Be(created.Version);
    }
}
