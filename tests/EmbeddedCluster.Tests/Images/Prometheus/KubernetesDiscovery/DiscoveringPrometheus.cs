using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;
using EmbeddedCluster.Installing;
using EmbeddedCluster.Programs;
using EmbeddedCluster.Tests.Programs;
using k8s.Models;

namespace EmbeddedCluster.Tests.Images.Prometheus.KubernetesDiscovery;

/// <summary>
/// A cluster in which the real Prometheus, as a pod, discovers by itself what monitoring.yaml asks for, and namespace <c>shop</c> for it to
/// find. A build without Kubernetes discovery skips the tests, in a strict run too: which one this machine has is not ours to decide.
/// </summary>
public sealed class DiscoveringPrometheus : IAsyncLifetime
{
    private const string Lacking = "this build of Prometheus has no Kubernetes discovery";

    /// <summary>The first release that attaches the labels of namespaces (prometheus/prometheus#16831).</summary>
    private static readonly Version AttachesNamespaces = new(3, 6);

    /// <summary>Long, since only a failure waits so long: releases before 3.12 tell of changes every five seconds, whatever the cluster's clock.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private Cluster? _cluster;
    private FoundProgram? _program;
    private V1Pod? _pod;
    private string? _missing;

    internal ApiClient Client => _cluster!.Client;

    public async ValueTask InitializeAsync()
    {
        try
        {
            _program = await new ProgramFinder().FindAsync(PinnedPrograms.Prometheus, TestContext.Current.CancellationToken);
        }
        catch (ProgramMissingException missing) when (!Strict.Required)
        {
            _missing = missing.Message;
            return;
        }

        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        _cluster = await Cluster.StartAsync(new ClusterOptions { Speed = 20 }, limit.Token);
        _cluster.OfferPrometheus(_program);
        await ApplyAsync("monitoring.yaml", ("$INGRESS", $"{_cluster.Ingress}"), ("$ATTACHED", KnowsNamespaces ? "{ node: true, namespace: true }" : "{ node: true }"));
        _pod = await ReadyOrEndedAsync(limit.Token);
        if (Container(_pod) is { Ready: true })
        {
            await AddAsync("shop");
            return;
        }

        var log = await LogAsync();
        _missing = log.Contains(Lacking) ? $"{_program.Path} ({_program.Version}): {Lacking}" : throw new InvalidOperationException($"Prometheus ended; it said:\n{log}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Skips the test where there is no Prometheus that discovers by itself.</summary>
    public void SkipWhenMissing() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    /// <summary>Skips the test where Prometheus cannot attach the labels of namespaces.</summary>
    public void SkipWithoutNamespaceLabels()
        => Assert.SkipUnless(KnowsNamespaces, $"Prometheus {_program!.Version} does not attach the labels of namespaces; releases do since {AttachesNamespaces}");

    /// <summary>Adds a namespace with what shop.yaml has.</summary>
    internal Task AddAsync(string @namespace) => ApplyAsync("shop.yaml", ("$NAMESPACE", @namespace));

    /// <summary>All targets, dropped ones included, once they are as wanted.</summary>
    internal async Task<IReadOnlyList<Target>> TargetsAsync(Func<IReadOnlyList<Target>, bool> wanted, string because)
    {
        IReadOnlyList<Target> targets = [];
        await UntilAsync(
            async () =>
            {
                var data = (await AskAsync("/api/v1/targets"))["data"]!;
                targets = [.. data["activeTargets"]!.AsArray().Concat(data["droppedTargets"]!.AsArray()).Select(target => Target.From(target!))];
                return wanted(targets);
            },
            () => $"{because}, but the targets are\n{string.Join('\n', targets)}");
        return targets;
    }

    /// <summary>A job's active targets in a namespace (empty: of no namespace), once they are so many and each is scraped.</summary>
    internal async Task<IReadOnlyList<Target>> ScrapedAsync(string job, string @namespace, int count)
    {
        var targets = await TargetsAsync(
            all => Of(all) is var found && found.Count == count && found.All(target => target.Health == "up"),
            $"job '{job}' must have {count} targets of namespace '{@namespace}', and scrape them");
        return Of(targets);

        IReadOnlyList<Target> Of(IEnumerable<Target> all) => [.. all.Where(target => target.IsActive && target.Job == job && target.Namespace == @namespace)];
    }

    /// <summary>The value of a query, once it has one and only one.</summary>
    internal async Task<string> ValueAsync(string query)
    {
        JsonNode? answer = null;
        await UntilAsync(
            async () => (answer = await AskAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}"))["data"]!["result"]!.AsArray().Count == 1,
            () => $"'{query}' must have one value, not {answer}");
        return (string)answer!["data"]!["result"]![0]!["value"]![1]!;
    }

    /// <summary>The log of Prometheus, once it has a line that matches.</summary>
    internal async Task LoggedAsync(string pattern)
    {
        var log = "";
        await UntilAsync(async () => Regex.IsMatch(log = await LogAsync(), pattern), () => $"'{pattern}' must match a line of\n{log}");
    }

    private bool KnowsNamespaces => Version.Parse(_program!.Version.Split('-')[0]) >= AttachesNamespaces;

    /// <summary>Prometheus tells nobody what it has discovered and scraped: it has to be asked.</summary>
    private async Task UntilAsync(Func<Task<bool>> isSo, Func<string> complaint)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        for (; !await isSo(); await Task.Delay(TimeSpan.FromSeconds(2), _cluster!.Time, TestContext.Current.CancellationToken))
        {
            limit.IsCancellationRequested.Should().BeFalse($"within {Patience.TotalSeconds} s {complaint()}");
        }
    }

    private async Task<JsonNode> AskAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri($"http://{_pod!.Status.PodIP}:9090{path}"), TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }

    private Task<string> LogAsync()
        => Client.SendAsync(HttpMethod.Get, "api/v1/namespaces/monitoring/pods/prometheus/log", body: null, TestContext.Current.CancellationToken);

    private async Task ApplyAsync(string file, params (string Name, string Value)[] values)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Images", "Prometheus", "KubernetesDiscovery", file);
        var text = values.Aggregate(await File.ReadAllTextAsync(path), (text, value) => text.Replace(value.Name, value.Value));
        await new Installer(Client).ApplyAsync(ManifestReader.Read(text, file), TestContext.Current.CancellationToken);
    }

    private async Task<V1Pod> ReadyOrEndedAsync(CancellationToken cancel)
    {
        await foreach (var change in Client.WatchAsync(Resources.Pods, "monitoring", cancel: cancel))
        {
            if (Container(change.Object) is { } container && (container.Ready || container.State.Terminated is not null))
            {
                return change.Object;
            }
        }

        throw new InvalidOperationException("the watch of Prometheus' pod ended before it was ready");
    }

    private static V1ContainerStatus? Container(V1Pod pod) => pod.Status?.ContainerStatuses?.SingleOrDefault();
}
