using System.Collections.Concurrent;
using System.Text;
using Fixtures.Recording;
using Fixtures.Running;
using Fixtures.Telemetry;
using Fixtures.Tests.Reporting;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fixtures.Tests.Telemetry;

/// <summary>The export to a collector that takes OTLP over HTTP.</summary>
[Collection("telemetry")]
public sealed class OtlpExportTests : IAsyncLifetime
{
    private static readonly RunFolder Folder = new("20260101-120000", "/results/20260101-120000", "/tmp/none");

    private readonly ConcurrentQueue<(string Path, string Type, byte[] Body, string Header)> _posts = new();
    private WebApplication _collector = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            _posts.Enqueue((request.Path, request.ContentType ?? "", body.ToArray(), request.Headers["x-key"].ToString()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await _collector.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await _collector.DisposeAsync();

    [Fact]
    public void A_run_is_posted_as_traces_and_metrics()
    {
        Play(OtlpExport.With(new NoListener(), Environment(), TimeProvider.System));

        _posts.Should().OnlyContain(post => post.Type == "application/x-protobuf" && post.Header == "secret");
        _posts.Select(post => post.Path).Distinct().Should().BeEquivalentTo(["/v1/traces", "/v1/metrics"]);
        Texts("/v1/traces").Should().Contain(["run", "BG-05", "conformance.version.argo_rollouts", "v1.9.1", "service.name", "argo-conformance"]);
        Texts("/v1/metrics").Should().Contain(["conformance.scenario.duration", "conformance.scenarios", "conformance.verdict", "passed"]);
    }

    [Fact]
    public void The_service_goes_by_the_name_that_the_environment_gives_it()
    {
        Play(OtlpExport.With(new NoListener(), new Dictionary<string, string>(Environment()) { ["OTEL_SERVICE_NAME"] = "my-suite" }, TimeProvider.System));

        Texts("/v1/traces").Should().Contain("my-suite").And.NotContain("argo-conformance");
    }

    [Fact]
    public async Task A_collector_that_is_gone_does_not_fail_the_run()
    {
        var environment = Environment();
        await _collector.StopAsync(TestContext.Current.CancellationToken);

        var act = () => Play(OtlpExport.With(new NoListener(), environment, TimeProvider.System));

        act.Should().NotThrow();
    }

    [Theory]
    [InlineData("PATH", "/bin")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")]
    public void Nothing_is_made_without_an_endpoint(string name, string value)
    {
        var listener = new NoListener();

        OtlpExport.With(listener, new Dictionary<string, string> { [name] = value }, TimeProvider.System).Should().BeSameAs(listener);
    }

    [Fact]
    public void Nothing_is_made_where_the_sdk_is_disabled()
    {
        var listener = new NoListener();

        OtlpExport.With(listener, new Dictionary<string, string>(Environment()) { ["OTEL_SDK_DISABLED"] = "true" }, TimeProvider.System).Should().BeSameAs(listener);
    }

    [Fact]
    public void An_endpoint_that_is_no_address_is_refused()
    {
        var act = () => OtlpExport.With(new NoListener(), new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector" }, TimeProvider.System);

        act.Should().Throw<OptionException>().WithMessage("OTEL_EXPORTER_OTLP_ENDPOINT=collector: must be an address, e.g. http://localhost:4317");
    }

    private static void Play(IRunListener listener)
    {
        var run = SampleRun.Green;
        listener.RunStarted(Folder);
        listener.ClusterReady(run.Cluster!);
        foreach (var scenario in run.Scenarios)
        {
            listener.ScenarioStarted(scenario.Info);
            listener.ScenarioEnded(scenario);
        }

        listener.RunEnded(run, Folder);
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=secret",
        ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "10000",
    };

    /// <summary>Every text in the posted messages, at whatever depth: strings are length-delimited fields, as nested messages are.</summary>
    private List<string> Texts(string path) => [.. _posts.Where(post => post.Path == path).SelectMany(post => Texts(post.Body))];

    private static IEnumerable<string> Texts(byte[] message)
    {
        var texts = new List<string>();
        try
        {
            var input = new CodedInputStream(message);
            while (input.ReadTag() is var tag and not 0)
            {
                if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                {
                    var bytes = input.ReadBytes().ToByteArray();
                    texts.Add(Encoding.UTF8.GetString(bytes));
                    texts.AddRange(Texts(bytes));
                }
                else
                {
                    input.SkipLastField();
                }
            }
        }
        catch (Exception noMessage) when (noMessage is InvalidProtocolBufferException or InvalidOperationException)
        {
            // a text that happens to begin like a message
        }

        return texts;
    }
}
