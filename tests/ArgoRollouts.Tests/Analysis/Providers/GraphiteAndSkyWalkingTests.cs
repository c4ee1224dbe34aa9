using ArgoRollouts.Analysis;
using ArgoRollouts.Analysis.Providers.Graphite;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Analysis.Providers.SkyWalking;
using ArgoRollouts.Models;
using Microsoft.Extensions.Time.Testing;

namespace ArgoRollouts.Tests.Analysis.Providers;

/// <summary>Facts of upstream's graphite and skywalking tests, against a real HTTP server.</summary>
public sealed class GraphiteAndSkyWalkingTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MetricHttp http = new(null, TimeProvider.System);

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("""[{"target": "t", "datapoints": [[10, 1], [null, 2], ["0.5", "3"]]}]""", "result[0] < 15 && len(result) == 2", "Successful", "[10.000000,0.500000]", null)]
    [InlineData("""[{"datapoints": [[20, 1]]}]""", "result[0] < 15", "Failed", "[20.000000]", null)]
    [InlineData("""[{"datapoints": [[null, 1]]}]""", "result[0] < 15", "Error", "[]", "reflect: slice index out of range")]
    [InlineData("[]", "true", "Error", null, "no values found")]
    [InlineData("""[{"datapoints": [[1]]}]""", "true", "Error", null, "error unmarshaling data point: [1]")]
    [InlineData("""[{"datapoints": [["x", 1]]}]""", "true", "Error", null, "strconv.ParseFloat: parsing \"x\": invalid syntax")]
    [InlineData("<html>", "true", "Error", null, "invalid character '<' looking for beginning of value")]
    public async Task Graphite_gives_the_values_of_the_first_series(string body, string condition, string phase, string? value, string? message)
    {
        await using var server = await AnsweringServer.StartAsync(body);
        var measurement = await GraphiteAsync(server.Address + "/base", condition);
        (measurement.Phase, measurement.Value, measurement.Message).Should().Be((phase, value, message));
        server.Last.Path.Should().Be("/base/render?target=sumSeries(a,b)&from=-5min&format=json");
    }

    [Fact]
    public async Task Graphite_tells_its_errors()
    {
        await using var server = await AnsweringServer.StartAsync("bad target", status: 400);
        (await GraphiteAsync(server.Address, "true")).Message.Should().Be("error response: bad target");
        var make = () => new GraphiteProvider(new() { Provider = new() { Graphite = new() { Address = ":invalid" } } }, http, time);
        make.Should().Throw<AnalysisException>().WithMessage("Graphite address :invalid is not a valid URL");
    }

    [Theory]
    [InlineData("""{"data": {"result": 20}}""", 200, "result.result > 10", "Successful", """{"result":20}""", null)]
    [InlineData("""{"data": {"result": 5}}""", 200, "result.result > 10", "Failed", """{"result":5}""", null)]
    [InlineData("""{"data": null}""", 200, "true", "Error", null, "no results returned from SkyWalking query")]
    [InlineData("""{"errors": [{"message": "unknown metric"}]}""", 200, "true", "Error", null, "graphql: unknown metric")]
    [InlineData("bad gateway", 502, "true", "Error", null, "graphql: server returned a non-200 status code: 502")]
    public async Task SkyWalking_gives_its_data(string body, int status, string condition, string phase, string? value, string? message)
    {
        await using var server = await AnsweringServer.StartAsync(body, status);
        var metric = new Metric { SuccessCondition = condition, Provider = new() { SkyWalking = new() { Address = server.Address, Query = "query queryData($duration: Duration!) {}", Interval = "5m" } } };
        var measurement = await new SkyWalkingProvider(metric, http, time).RunAsync(new(), metric, TestContext.Current.CancellationToken);
        (measurement.Phase, measurement.Value, measurement.Message).Should().Be((phase, value, message));
        server.Last.Should().BeEquivalentTo(new
        {
            Method = "POST",
            Path = "/graphql",
            Body = """{"query":"query queryData($duration: Duration!) {}","variables":{"duration":{"end":"2026-03-01 1200","start":"2026-03-01 1155","step":"MINUTE"}}}""",
        });
    }

    [Fact]
    public void SkyWalking_needs_an_interval()
    {
        var make = () => new SkyWalkingProvider(new() { Provider = new() { SkyWalking = new() { Interval = "x" } } }, http, time);
        make.Should().Throw<AnalysisException>().WithMessage("time: invalid duration \"x\"");
    }

    private async Task<Measurement> GraphiteAsync(string address, string condition)
    {
        var metric = new Metric { SuccessCondition = condition, Provider = new() { Graphite = new() { Address = address, Query = "target=sumSeries(a, b)\n&from=-5min" } } };
        return await new GraphiteProvider(metric, http, time).RunAsync(new(), metric, TestContext.Current.CancellationToken);
    }
}
