using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Network;

/// <summary>What a browser sees through the ingress while things change behind it.</summary>
public sealed class SwitchingTests(TestCluster cluster)
{
    [Fact]
    public async Task A_service_that_selects_other_pods_switches_once_and_no_request_fails()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "blue", "blue", replicas: 5));
        await cluster.ApplyAsync(Demo.Deployment(ns, "green", "green", replicas: 5));
        await cluster.ApplyAsync(Demo.Service(ns, "blue"));
        await cluster.ApplyAsync(Demo.Ingress(ns, "blue", "switch.example.com"));
        await cluster.EventuallyAsync(Resources.Deployments, ns, "blue", deployment => deployment?.Status?.AvailableReplicas == 5);
        await cluster.EventuallyAsync(Resources.Deployments, ns, "green", deployment => deployment?.Status?.AvailableReplicas == 5);
        await using var traffic = await Traffic.StartAsync(await cluster.IngressAsync(), "switch.example.com", "\"blue\"");

        var selector = new JsonObject { ["spec"] = new JsonObject { ["selector"] = new JsonObject { ["app"] = "green" } } };
        await cluster.Client.PatchAsync(Resources.Services, ns, "blue", Patch.Merge(selector), cancel: TestContext.Current.CancellationToken);
        await traffic.UntilAsync("\"green\"");
        await cluster.Client.DeleteAsync(Resources.Deployments, ns, "blue", cancel: TestContext.Current.CancellationToken);
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 5);

        var answers = await traffic.StopAsync();
        answers.Should().OnlyContain(answer => answer.Code == HttpStatusCode.OK);
        var colours = answers.Select(answer => answer.Body).ToList();
        colours.Skip(colours.IndexOf("\"green\"")).Should().OnlyContain(colour => colour == "\"green\"", "the switch is atomic");
    }

    [Fact]
    public async Task A_rolling_update_fails_no_request()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "demo", "blue", replicas: 4));
        await cluster.ApplyAsync(Demo.Service(ns, "demo"));
        await cluster.ApplyAsync(Demo.Ingress(ns, "demo", "rolling.example.com"));
        await using var traffic = await Traffic.StartAsync(await cluster.IngressAsync(), "rolling.example.com", "\"blue\"");

        var image = JsonNode.Parse("""{ "spec": { "template": { "spec": { "containers": [{ "name": "demo", "image": "argoproj/rollouts-demo:green" }] } } } }""")!.AsObject();
        await cluster.Client.PatchAsync(Resources.Deployments, ns, "demo", Patch.Strategic(image), cancel: TestContext.Current.CancellationToken);
        await cluster.EventuallyAsync(
            Resources.Deployments, ns, "demo", found => found?.Status is { UpdatedReplicas: 4, Replicas: 4, AvailableReplicas: 4 } && found.Status.ObservedGeneration == found.Metadata.Generation);
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 4);
        await traffic.UntilAsync("\"green\"");

        (await traffic.StopAsync()).Should().OnlyContain(answer => answer.Code == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_canary_ingress_takes_its_weight_of_the_requests_and_metrics_count_them()
    {
        var ns = await cluster.NamespaceAsync();
        foreach (var colour in (string[])["blue", "green"])
        {
            await cluster.ApplyAsync(Demo.Deployment(ns, colour, colour, replicas: 1));
            await cluster.ApplyAsync(Demo.Service(ns, colour));
            await cluster.ApplyAsync(Demo.Ingress(ns, colour, "weighted.example.com").Replace(
                $"namespace: {ns} }}",
                $"namespace: {ns}, annotations: {{ nginx.ingress.kubernetes.io/canary: \"{(colour == "green" ? "true" : "false")}\", nginx.ingress.kubernetes.io/canary-weight: \"30\" }} }}"));
            await cluster.EventuallyAsync(Resources.Deployments, ns, colour, deployment => deployment?.Status?.AvailableReplicas == 1);
        }

        var ingress = await cluster.IngressAsync();
        await using (var traffic = await Traffic.StartAsync(ingress, "weighted.example.com", "\"blue\""))
        {
            await traffic.UntilAsync("\"green\"");
        }

        using var http = new HttpClient();
        var green = 0;
        for (var request = 0; request < 400; request++)
        {
            green += (await Demo.AskAsync(http, ingress, "weighted.example.com")).Body == "\"green\"" ? 1 : 0;
        }

        green.Should().BeInRange(70, 170, "30 of 100 requests, within five standard deviations");
        var metrics = await http.GetStringAsync($"http://{ingress.Address}:10254/metrics", TestContext.Current.CancellationToken);
        metrics.Should().MatchRegex($"nginx_ingress_controller_requests\\{{.*host=\"weighted.example.com\",ingress=\"blue\",method=\"GET\",namespace=\"{ns}\",path=\"/\",service=\"green\",status=\"200\"\\}} \\d+");
    }

    [Fact]
    public async Task A_service_without_pods_is_answered_503()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Service(ns, "empty"));
        await cluster.ApplyAsync(Demo.Ingress(ns, "empty", "empty.example.com"));

        await using var traffic = await Traffic.StartAsync(await cluster.IngressAsync(), "empty.example.com", expected: null, HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>Asks for the colour without pause, and keeps every answer.</summary>
    private sealed class Traffic : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(HttpStatusCode Code, string Body)> _answers = [];
        private readonly CancellationTokenSource _stop = new();
        private readonly HttpClient _http = new();
        private Task _asking = Task.CompletedTask;

        public static async Task<Traffic> StartAsync(IPEndPoint ingress, string host, string? expected, HttpStatusCode code = HttpStatusCode.OK)
        {
            var traffic = new Traffic();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
            (HttpStatusCode Code, string Body) answer = default;
            while (answer.Code != code || (expected is not null && answer.Body != expected))
            {
                patience.IsCancellationRequested.Should().BeFalse($"{host} answers {code} {expected} at the start, and not {answer}");
                answer = await Demo.AskAsync(traffic._http, ingress, host);
            }

            traffic._asking = Task.Run(async () =>
            {
                while (!traffic._stop.IsCancellationRequested)
                {
                    traffic._answers.Enqueue(await Demo.AskAsync(traffic._http, ingress, host));
                }
            });
            return traffic;
        }

        public async Task UntilAsync(string body)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
            while (_answers.LastOrDefault().Body != body)
            {
                patience.IsCancellationRequested.Should().BeFalse($"the answer becomes {body}, and not {_answers.LastOrDefault()}");
                await Task.Yield();
            }
        }

        public async Task<IReadOnlyList<(HttpStatusCode Code, string Body)>> StopAsync()
        {
            await _stop.CancelAsync();
            await _asking;
            return [.. _answers];
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _http.Dispose();
        }
    }
}
