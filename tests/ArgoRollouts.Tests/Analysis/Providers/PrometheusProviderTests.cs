using ArgoRollouts.Analysis;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Analysis.Providers.Prometheus;
using ArgoRollouts.Models;
using Microsoft.Extensions.Time.Testing;

namespace ArgoRollouts.Tests.Analysis.Providers;

/// <summary>Facts of upstream's prometheus_test.go and of client_golang, against a real HTTP server.</summary>
public sealed class PrometheusProviderTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 500, TimeSpan.Zero));
    private readonly MetricHttp http = new(null, TimeProvider.System);

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("vector", """[{"metric": {}, "value": [1, "0.95"]}]""", "result[0] >= 0.95", "[0.95]", "Successful")]
    [InlineData("vector", """[{"metric": {}, "value": [1, "0.5"]}]""", "isNaN(result[0]) || result[0] > 0.90", "[0.5]", "Failed")]
    [InlineData("vector", """[{"metric": {}, "value": [1, "NaN"]}]""", "isNaN(result[0]) || result[0] > 0.90", "[NaN]", "Successful")]
    [InlineData("vector", """[{"metric": {}, "value": [1, "+Inf"]}]""", "isInf(result[0])", "[+Inf]", "Successful")]
    [InlineData("vector", """[{"value": [1, "10"]}, {"value": [1, "11"]}]""", "all(result, # >= 10)", "[10,11]", "Successful")]
    [InlineData("vector", """[{"value": [1, "1e21"]}]""", "result[0] > 1", "[1000000000000000000000]", "Successful")]
    [InlineData("vector", "[]", "len(result) == 0 || result[0] > 0.95", "[]", "Successful")]
    [InlineData("scalar", """[1, "10"]""", "result == 10", "10", "Successful")]
    [InlineData("scalar", """[1, "NaN"]""", "isNaN(result)", "NaN", "Successful")]
    [InlineData("matrix", """[{"values": [[1, "1"], [2, "2.5"]]}, {"values": [[1, "3"]]}]""", "sum(result) == 6.5", "[1,2.5,3]", "Successful")]
    public async Task An_answer_is_judged(string type, string result, string condition, string value, string phase)
    {
        await using var server = await AnsweringServer.StartAsync(Success(type, result));
        var measurement = await RunAsync(new() { Address = server.Address, Query = "up" }, condition);
        measurement.Message.Should().BeNull();
        (measurement.Phase, measurement.Value).Should().Be((phase, value));
        measurement.Metadata.Should().BeNull();
    }

    [Theory]
    [InlineData(200, """{"status":"success","data":{"resultType":"vector","result":[]}}""", "reflect: slice index out of range")]
    [InlineData(200, """{"status":"success","data":{"resultType":"string","result":[1,"a"]}}""", "Prometheus metric type not supported")]
    [InlineData(200, """{"status":"success","data":{"resultType":"other","result":[]}}""", "unexpected value type \"other\"")]
    [InlineData(400, """{"status":"error","errorType":"bad_data","error":"invalid parameter \"query\": 1:4: parse error: unexpected end of input"}""",
        "bad_data: invalid parameter \"query\": 1:4: parse error: unexpected end of input")]
    [InlineData(422, """{"status":"error","errorType":"execution","error":"multiple matches for labels"}""", "execution: multiple matches for labels")]
    [InlineData(400, """{"status":"success"}""", "bad_response: inconsistent body for response code")]
    [InlineData(200, """{"status":"error","errorType":"x","error":"y"}""", "bad_response: inconsistent body for response code")]
    [InlineData(404, "404 page not found", "client_error: client error: 404")]
    [InlineData(503, "", "server_error: server error: 503")]
    [InlineData(300, "", "bad_response: bad response code 300")]
    [InlineData(200, "<!DOCTYPE html><html>Sign in</html>", "bad_response: readObjectStart: expect { or n, but found <, error found in #1 byte of ...|<!DOCTYPE h|..., bigger context ...|<!DOCTYPE html><html>Sign in</html>|...")]
    [InlineData(200, "{", "bad_response: unexpected end of JSON input")]
    public async Task An_answer_that_cannot_be_judged_is_an_error(int status, string body, string message)
    {
        await using var server = await AnsweringServer.StartAsync(body, status);
        var measurement = await RunAsync(new() { Address = server.Address, Query = "up" }, "result[0] > 0");
        (measurement.Phase, measurement.Message, measurement.Value).Should().Be(("Error", message, null));
    }

    [Fact]
    public async Task The_query_is_posted_with_its_time_and_headers()
    {
        await using var server = await AnsweringServer.StartAsync(Success("scalar", "[1, \"1\"]"));
        await RunAsync(new() { Address = server.Address + "/prometheus/", Query = "sum(rate(x[1m])) > 0", Headers = [new() { Key = "X-Scope-OrgID", Value = "t" }] }, "true");
        server.Last.Should().BeEquivalentTo(new { Method = "POST", Path = "/prometheus/api/v1/query", Body = "query=sum%28rate%28x%5B1m%5D%29%29+%3E+0&time=1772366400.5" });
        server.Last.Headers["X-Scope-OrgID"].Should().Be("t");
    }

    [Fact]
    public async Task A_server_that_takes_no_post_is_asked_by_get()
    {
        await using var server = await AnsweringServer.StartAsync(asked => Task.FromResult(asked.Method == "POST" ? (405, "") : (200, Success("scalar", "[1, \"1\"]"))));
        (await RunAsync(new() { Address = server.Address, Query = "a b" }, "result == 1")).Phase.Should().Be("Successful");
        server.Last.Should().BeEquivalentTo(new { Method = "GET", Path = "/api/v1/query?query=a+b&time=1772366400.5" });
    }

    [Fact]
    public async Task A_range_is_computed_from_the_clock()
    {
        await using var server = await AnsweringServer.StartAsync(Success("matrix", "[]"));
        var range = new PrometheusRangeQueryArgs { Start = "now() - duration(\"1h\")", End = "now()", Step = "1m30s" };
        await RunAsync(new() { Address = server.Address, Query = "up", RangeQuery = range }, "true");
        server.Last.Should().BeEquivalentTo(new { Path = "/api/v1/query_range", Body = "query=up&start=1772362800.5&end=1772366400.5&step=90" });
    }

    [Theory]
    [InlineData("now() -", "now()", "1m", "failed to parse rangeQuery.start as time: unexpected token EOF")]
    [InlineData("now()", "'x'", "1m", "failed to parse rangeQuery.end as time: expected time.Time, but got string")]
    [InlineData("now()", "now()", "x", "failed to parse rangeQuery.step as duration: time: invalid duration \"x\"")]
    public async Task A_range_that_is_none_is_an_error(string start, string end, string step, string message)
    {
        var measurement = await RunAsync(new() { Address = "http://127.0.0.1:1", Query = "up", RangeQuery = new() { Start = start, End = end, Step = step } }, "true");
        (measurement.Phase, measurement.Message).Should().Be(("Error", message));
    }

    [Fact]
    public async Task Warnings_are_recorded()
    {
        await using var server = await AnsweringServer.StartAsync("""{"status":"success","data":{"resultType":"scalar","result":[1,"1"]},"warnings":["warning","another"]}""");
        (await RunAsync(new() { Address = server.Address, Query = "up" }, "true")).Metadata.Should().Equal(new Dictionary<string, string> { ["warnings"] = "\"warning\", \"another\"" });
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error()
    {
        var measurement = await RunAsync(new() { Address = "http://127.0.0.1:1", Query = "up" }, "true");
        (measurement.Phase, measurement.Message).Should().Be(("Error", "Post \"http://127.0.0.1:1/api/v1/query\": dial tcp 127.0.0.1:1: connect: connection refused"));
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_an_error()
    {
        var release = new TaskCompletionSource<(int, string)>();
        await using var server = await AnsweringServer.StartAsync(_ => release.Task);
        using var real = new MetricHttp(null, TimeProvider.System);
        var measurement = await RunAsync(new() { Address = server.Address, Query = "up", Timeout = 1 }, "true");
        release.SetResult((200, ""));
        measurement.Phase.Should().Be("Error");
        measurement.Message.Should().Contain("context deadline exceeded");
    }

    [Fact]
    public async Task The_address_may_come_from_the_environment()
    {
        await using var server = await AnsweringServer.StartAsync(Success("scalar", "[1, \"1\"]"));
        (await RunAsync(new() { Query = "up" }, "result == 1", server.Address)).Phase.Should().Be("Successful");
    }

    [Theory]
    [InlineData(null, null, null, "prometheus address is not configured")]
    [InlineData("prometheus:9090", null, null, "prometheus address is not is url format")]
    [InlineData("http//x", null, null, "prometheus address is not is url format")]
    [InlineData(null, "nonsense", null, "prometheus address is not is url format")]
    [InlineData("http://prometheus", null, -1L, "prometheus timeout should not be negative")]
    public void A_metric_that_cannot_be_asked_makes_no_provider(string? address, string? variable, long? timeout, string message)
    {
        var make = () => Provider(new() { Provider = new() { Prometheus = new() { Address = address, Timeout = timeout } } }, variable);
        make.Should().Throw<AnalysisException>().WithMessage(message);
    }

    [Fact]
    public void The_query_is_shown_with_the_result()
    {
        var metric = new Metric { Provider = new() { Prometheus = new() { Address = "http://p", Query = "up" } } };
        Provider(metric).GetMetadata(metric).Should().Equal(new Dictionary<string, string> { ["ResolvedPrometheusQuery"] = "up" });
    }

    private static string Success(string type, string result) =>
        $$"""{"status": "success", "data": {"result": {{result}}, "resultType": "{{type}}"} }""";

    private PrometheusProvider Provider(Metric metric, string? variable = null)
    {
        Dictionary<string, string> environment = variable is null ? [] : new() { [PrometheusProvider.AddressVariable] = variable };
        return new(metric, environment, http, time);
    }

    private async Task<Measurement> RunAsync(PrometheusMetric prometheus, string condition, string? variable = null)
    {
        var metric = new Metric { Name = "prometheus", SuccessCondition = condition, Provider = new() { Prometheus = prometheus } };
        return await Provider(metric, variable).RunAsync(new(), metric, TestContext.Current.CancellationToken);
    }
}
