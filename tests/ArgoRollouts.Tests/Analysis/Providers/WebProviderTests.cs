using System.Text.Json.Nodes;
using ArgoRollouts.Analysis;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Analysis.Providers.Web;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Providers;

/// <summary>Facts of upstream's webmetric_test.go, against a real HTTP server.</summary>
public sealed class WebProviderTests : IDisposable
{
    private const string Everything = """{"a": 1, "b": true, "c": [1, 2, 3, 4], "d": null}""";
    private readonly MetricHttp http = new(null, TimeProvider.System);

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData(Everything, null, "result.a > 0 && result.b && all(result.c, {# < 5}) && result.d == nil", null, """{"a":1,"b":true,"c":[1,2,3,4],"d":null}""", "Successful")]
    [InlineData(Everything, null, "result.a >= 2", "result.a <= 0", """{"a":1,"b":true,"c":[1,2,3,4],"d":null}""", "Inconclusive")]
    [InlineData("""{"key": [{"key2": {"value": "1"}}]}""", "{$.key[0].key2.value}", "asInt(result) > 0", "asInt(result) <= 0", "\"1\"", "Successful")]
    [InlineData("""{"key": [{"key2": {"value": "0"}}]}""", "{$.key[0].key2.value}", "asInt(result) > 0", "asInt(result) <= 0", "\"0\"", "Failed")]
    [InlineData("""{"key": [{"key2": {"value": "1.2"}}]}""", "{$.key[0].key2.value}", "asFloat(result) > 1.1", "asFloat(result) < 1.3", "\"1.2\"", "Failed")]
    [InlineData("""{"key": [{"key2": {"value": 1}}]}""", "{$.key[0].key2.value}", "result > 0", "result <= 0", "1", "Successful")]
    [InlineData("""{"key": [{"key2": {"value": -1.1}}]}""", "{$.key[0].key2.value}", "result > 0", "result <= 0", "-1.1", "Failed")]
    [InlineData("""{"key": [{"key2": {"value": "true"}}]}""", "{$.key[0].key2.value}", "result == \"true\"", "result == \"false\"", "\"true\"", "Successful")]
    [InlineData("""{"key": [{"key2": {"value": false}}]}""", "{$.key[0].key2.value}", "result == true", "result == false", "false", "Failed")]
    [InlineData("""{"key": [1, 2, 3, 4, 5, 6]}""", "{$.key}", "any(result, {# > 5})", null, "[1,2,3,4,5,6]", "Successful")]
    [InlineData("""{"key": [1, 2, 3, 4, 5, 6]}""", "{$.key}", "any(result, {# > 6})", null, "[1,2,3,4,5,6]", "Failed")]
    [InlineData("""{"key":{"num":1.2, "bool":true, "mapfield":{"foo":"bar"}}}""", "{$.key}", "result.num > 1.1 && result.bool && result.mapfield.foo == \"bar\"", null,
        """{"bool":true,"mapfield":{"foo":"bar"},"num":1.2}""", "Successful")]
    [InlineData("\"blue\"", null, "result == 'blue'", null, "\"blue\"", "Successful")] // the demo app's /color
    [InlineData("\"green\"", null, "result == 'blue'", null, "\"green\"", "Failed")]
    [InlineData("{}", null, null, null, "{}", "Successful")]
    [InlineData("", "{$.key}", "false", "true", "", "Successful")] // what is no JSON counts by its status only
    [InlineData("test: notJson", "{$.key}", "false", "true", "test: notJson", "Successful")]
    [InlineData("<html>OK</html>", null, "result == 'NO'", null, "<html>OK</html>", "Successful")]
    public async Task An_answer_is_judged_by_its_content(string body, string? path, string? success, string? failure, string value, string phase)
    {
        await using var server = await AnsweringServer.StartAsync(body);
        var measurement = await RunAsync(new() { Url = server.Address, JsonPath = path }, success, failure);
        measurement.Message.Should().BeNull();
        measurement.Phase.Should().Be(phase);
        measurement.Value.Should().Be(value);
        measurement.StartedAt.Should().NotBeNull();
        measurement.FinishedAt.Should().NotBeNull();
    }

    [Theory]
    [InlineData("{}", 300, null, null, "received non 2xx response code: 300")]
    [InlineData("", 500, null, null, "received non 2xx response code: 500")]
    [InlineData("not found", 404, null, null, "received non 2xx response code: 404")]
    [InlineData("""{"key": 1}""", 200, "{$.other}", null, "Could not find JSONPath in body: other is not found")]
    [InlineData("""{"key": []}""", 200, "{$.key[*]}", null, "result of web metric produced no value")]
    [InlineData("""{"key": 1}""", 200, null, "result.key == ", "unexpected token EOF")]
    [InlineData("""{"key": 1}""", 200, null, "result.other > 1", "invalid operation: <nil> > int")]
    [InlineData("""{"key": 1}""", 200, "{$.key}", "result", "expected bool, but got float64")]
    public async Task An_answer_that_cannot_be_judged_is_an_error(string body, int status, string? path, string? success, string message)
    {
        await using var server = await AnsweringServer.StartAsync(body, status);
        var measurement = await RunAsync(new() { Url = server.Address, JsonPath = path }, success);
        measurement.Phase.Should().Be("Error");
        measurement.Message.Should().Be(message);
        measurement.Value.Should().BeNull();
        measurement.FinishedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task The_request_carries_method_body_and_headers()
    {
        await using var server = await AnsweringServer.StartAsync("{}");
        await RunAsync(new() { Url = server.Address + "/p?q=1", Headers = [new() { Key = "X-Key", Value = "value" }] });
        server.Last.Should().BeEquivalentTo(new { Method = "GET", Path = "/p?q=1", Body = "" });
        server.Last.Headers["X-Key"].Should().Be("value");

        await RunAsync(new() { Url = server.Address, Method = "POST", Body = "some body", Headers = [new() { Key = "Content-Type", Value = "text/x" }] });
        server.Last.Should().BeEquivalentTo(new { Method = "POST", Body = "some body" });
        server.Last.Headers["Content-Type"].Should().Be("text/x");

        await RunAsync(new() { Url = server.Address, Method = "PUT", JsonBody = JsonNode.Parse("""{"key1": {"key2": "v"}}""") });
        server.Last.Should().BeEquivalentTo(new { Method = "PUT", Body = """{"key1":{"key2":"v"}}""" });
        server.Last.Headers["Content-Type"].Should().Be("application/json");
    }

    [Theory]
    [InlineData("POST", "text", true, "use either Body or JSONBody; both cannot exists for WebMetric payload")]
    [InlineData("GET", "text", false, "Body/JSONBody can only be used with POST or PUT WebMetric Method types")]
    [InlineData(null, null, true, "Body/JSONBody can only be used with POST or PUT WebMetric Method types")]
    public async Task A_request_that_cannot_be_is_an_error(string? method, string? body, bool json, string message)
    {
        var measurement = await RunAsync(new() { Url = "http://127.0.0.1:1", Method = method, Body = body, JsonBody = json ? new JsonObject() : null });
        (measurement.Phase, measurement.Message).Should().Be(("Error", message));
    }

    [Theory]
    [InlineData("bad://url.com", "Get \"bad://url.com\": unsupported protocol scheme \"bad\"")]
    [InlineData("", "Get \"\": unsupported protocol scheme \"\"")]
    [InlineData("/color", "Get \"/color\": unsupported protocol scheme \"\"")]
    [InlineData("http://127.0.0.1:1/x", "Get \"http://127.0.0.1:1/x\": dial tcp 127.0.0.1:1: connect: connection refused")]
    [InlineData("http://no-such-host.invalid/x", "Get \"http://no-such-host.invalid/x\": dial tcp: lookup no-such-host.invalid: no such host")]
    public async Task A_server_that_is_not_there_is_an_error(string url, string message)
    {
        var measurement = await RunAsync(new() { Url = url });
        (measurement.Phase, measurement.Message).Should().Be(("Error", message));
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_an_error()
    {
        var release = new TaskCompletionSource<(int, string)>();
        await using var server = await AnsweringServer.StartAsync(_ => release.Task);
        var measurement = await RunAsync(new() { Url = server.Address, TimeoutSeconds = 1 });
        release.SetResult((200, "{}"));
        measurement.Phase.Should().Be("Error");
        measurement.Message.Should().Be($"Get \"{server.Address}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    }

    [Fact]
    public async Task A_certificate_nobody_knows_is_an_error_unless_it_does_not_matter()
    {
        await using var server = await AnsweringServer.StartAsync("{}", tls: true);
        (await RunAsync(new() { Url = server.Address, Insecure = true })).Phase.Should().Be("Successful");
        var refused = await RunAsync(new() { Url = server.Address });
        refused.Phase.Should().Be("Error");
        refused.Message.Should().Be($"Get \"{server.Address}\": tls: failed to verify certificate: x509: certificate signed by unknown authority");
    }

    [Fact]
    public async Task A_token_is_fetched_by_client_credentials()
    {
        await using var server = await AnsweringServer.StartAsync(asked => Task.FromResult(asked.Path switch
        {
            "/ok" => (200, """{"access_token": "t0ken", "token_type": "bearer"}"""),
            "/ko" => (401, "Missing OAuth2 token"),
            _ => asked.Headers.GetValueOrDefault("Authorization") == "Bearer t0ken" ? (200, "{}") : (403, ""),
        }));
        (await RunAsync(new() { Url = server.Address, Authentication = OAuth2(server.Address + "/ok") })).Phase.Should().Be("Successful");
        server.Requests.First().Body.Should().Be("grant_type=client_credentials&scope=a+b");
        server.Requests.First().Headers["Authorization"].Should().Be("Basic bWU6c2VjcmV0");

        var refused = await RunAsync(new() { Url = server.Address, Authentication = OAuth2(server.Address + "/ko") });
        (refused.Phase, refused.Message).Should().Be(("Error", "oauth2: cannot fetch token: 401 Unauthorized\nResponse: Missing OAuth2 token"));
    }

    [Theory]
    [InlineData("{$.a", "", "unclosed action")]
    [InlineData("{}", "http://token", "missing mandatory parameter in metric for OAuth2 setup")]
    public void A_metric_that_cannot_be_asked_makes_no_provider(string path, string tokenUrl, string message)
    {
        var metric = new Metric { Provider = new() { Web = new() { JsonPath = path, Authentication = new() { OAuth2 = new() { TokenUrl = tokenUrl } } } } };
        var make = () => new WebProvider(metric, http, TimeProvider.System);
        make.Should().Throw<AnalysisException>().WithMessage(message);
    }

    private static Authentication OAuth2(string url) => new() { OAuth2 = new() { TokenUrl = url, ClientId = "me", ClientSecret = "secret", Scopes = ["a", "b"] } };

    private async Task<Measurement> RunAsync(WebMetric web, string? success = null, string? failure = null)
    {
        var metric = new Metric { Name = "web", SuccessCondition = success, FailureCondition = failure, Provider = new() { Web = web } };
        return await new WebProvider(metric, http, TimeProvider.System).RunAsync(new(), metric, TestContext.Current.CancellationToken);
    }
}
