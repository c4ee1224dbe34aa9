using System.Net;
using System.Text.Json.Nodes;
using Controllers.Runtime.Manifests;
using EmbeddedCluster.Images.Prometheus;
using EmbeddedCluster.Programs;
using EmbeddedCluster.Tests.Programs;
using k8s;
using k8s.Models;
using Kubernetes.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedCluster.Tests.Images.Prometheus;

/// <summary>
/// The real Prometheus at a cluster's speed of 20, with the configuration of manifests/platform: it finds one annotated pod through the
/// Kubernetes API and has scraped it a while.
/// </summary>
public class RunningPrometheus : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IPAddress _podIP;
    private readonly string _folder = Directory.CreateTempSubdirectory("prometheus-").FullName;
    private readonly LineLog _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private MetricsEndpoint? _metrics;
    private ApiServer? _api;
    private Task<int>? _running;

    public RunningPrometheus()
        : this(100)
    {
    }

    // every 127.x address is this machine's; the process id keeps runs side by side apart
    protected RunningPrometheus(byte network) => _podIP = new([127, network, (byte)(Environment.ProcessId >> 8), (byte)Environment.ProcessId]);

    /// <summary>Why there is no Prometheus, or null.</summary>
    public string? Missing { get; private set; }

    public ScaledTimeProvider Clock { get; } = new(20);

    public Uri Address => new($"http://{_podIP}:9090");

    /// <summary>What Prometheus said.</summary>
    public string Log => _log.ToString();

    /// <summary>The cluster's moment in Unix seconds.</summary>
    public double Now => Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var program = await new ProgramFinder().FindAsync(PinnedPrograms.Prometheus, TestContext.Current.CancellationToken);
            await StartAsync(Prepare(program, _folder), limit.Token);
        }
        catch (ProgramMissingException missing) when (!Strict.Required)
        {
            Missing = missing.Message;
        }
        catch (OperationCanceledException cause) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"Prometheus did not scrape the pod within {Patience.TotalSeconds} s; it said:\n{_log}", cause);
        }
    }

    /// <summary>The program to run, made of the machine's.</summary>
    protected virtual FoundProgram Prepare(FoundProgram program, string folder) => program;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _stop.CancelAsync();
        if (_running is not null)
        {
            await _running;
        }

        await (_metrics?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_api?.DisposeAsync() ?? ValueTask.CompletedTask);
        _http.Dispose();
        _stop.Dispose();
        _kill.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Asks Prometheus' HTTP API; skips the test when there is no Prometheus.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Answer)> AskAsync(string path, params (string Name, string Value)[] parameters)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        using var form = new FormUrlEncodedContent(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));
        var query = await form.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var answer = await _http.GetAsync(new Uri(Address, $"{path}?{query}"), TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private async Task StartAsync(FoundProgram program, CancellationToken cancel)
    {
        _metrics = new MetricsEndpoint(Clock);
        await _metrics.StartAsync(_podIP, cancel);
        _api = await ApiServer.StartAsync(new ApiServerOptions { Time = Clock }, cancel);
        await CreatePodAsync(_api, _metrics.Port, cancel);

        var place = new PrometheusPlace(_podIP, _folder, Path.Combine(_folder, "data"));
        _running = new PrometheusPod(program, place, Clock, _log, NullLogger.Instance).RunAsync(
            _api.ConfigurationFor("shop", "default"), "shop", ConfigMap(), [], () => { }, _stop.Token, _kill.Token);
        var scraped = _metrics.ScrapedAsync(10, cancel);
        if (await Task.WhenAny(scraped, _running) == _running)
        {
            throw new InvalidOperationException($"Prometheus ended with exit code {await _running}; it said:\n{_log}");
        }

        await scraped;
    }

    private async Task CreatePodAsync(ApiServer api, int port, CancellationToken cancel)
    {
        using var client = new k8s.Kubernetes(api.AdminConfiguration);
        await client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = "shop" } }, cancellationToken: cancel);
        await client.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "default" } }, "shop", cancellationToken: cancel);
        var pod = await client.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new V1ObjectMeta
                {
                    Name = "web",
                    Annotations = new Dictionary<string, string>
                    {
                        ["prometheus.io/scrape"] = "true", ["prometheus.io/port"] = $"{port}", ["prometheus.io/path"] = "/custom-metrics",
                    },
                },
                Spec = new V1PodSpec { Containers = [new V1Container { Name = "web", Image = "web:1", Ports = [new V1ContainerPort { ContainerPort = 8080 }, new V1ContainerPort { ContainerPort = port }] }] },
            },
            "shop",
            cancellationToken: cancel);
        pod.Status = new V1PodStatus { Phase = "Running", PodIP = _podIP.ToString(), PodIPs = [new V1PodIP { Ip = _podIP.ToString() }] };
        await client.CoreV1.ReplaceNamespacedPodStatusAsync(pod, "web", "shop", cancellationToken: cancel);
    }

    private static string ConfigMap()
        => ManifestReader.ReadFolder(Path.Combine(AppContext.BaseDirectory, "manifests", "platform", "prometheus"))
            .Single(manifest => manifest.Kind == "ConfigMap").Json["data"]!["prometheus.yml"]!.GetValue<string>();
}
