using System.Text.Json.Nodes;
using Controllers.Runtime.Client;

namespace EmbeddedCluster.Tests.Images.Prometheus.KubernetesDiscovery;

/// <summary>
/// The real Prometheus discovers through the embedded cluster's API, with the token and the rights of its pod's account, relabels what it found and
/// scrapes it: every role of <c>kubernetes_sd_configs</c> (prometheus.io, Configuration). Its jobs are in monitoring.yaml.
/// </summary>
public sealed class KubernetesDiscoveryTests : IClassFixture<DiscoveringPrometheus>
{
    private readonly DiscoveringPrometheus _prometheus;

    public KubernetesDiscoveryTests(DiscoveringPrometheus prometheus)
    {
        _prometheus = prometheus;
        prometheus.SkipWhenMissing();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ApiClient Client => _prometheus.Client;

    [Fact]
    public async Task Pods_are_found_with_their_own_labels_and_those_of_their_node()
    {
        var targets = await _prometheus.ScrapedAsync("pods", "shop", 2);

        foreach (var target in targets)
        {
            target.Labels.Should().Contain(Labels(
                ("app", "web"), ("namespace", "shop"), ("controller", "ReplicaSet"), ("container", "web"), ("port", "http"), ("os", "linux")));
        }

        targets.Select(target => target.Labels["pod"]).Should().BeEquivalentTo(await PodsAsync("shop"));
        (await _prometheus.ValueAsync("count(prometheus_build_info{job=\"pods\", namespace=\"shop\"})")).Should().Be("2");
    }

    [Fact]
    public async Task Pods_are_found_with_the_labels_of_their_namespace()
    {
        _prometheus.SkipWithoutNamespaceLabels();

        (await _prometheus.ScrapedAsync("pods", "shop", 2)).Select(target => target.Labels["team"]).Should().AllBe("shop-team");
    }

    [Fact]
    public async Task Selectors_and_namespaces_narrow_down_what_is_found()
    {
        await _prometheus.ScrapedAsync("selected-pods", "shop", 2);
        await _prometheus.ScrapedAsync("own-namespace", "monitoring", 1);

        var all = await _prometheus.TargetsAsync(
            targets => Found(targets, "pods").Contains("shop/beside"), "the pod without metrics must be discovered where nothing narrows down, and dropped");
        Found(all, "pods").Should().Contain("monitoring/prometheus");
        Found(all, "selected-pods").Should().BeEquivalentTo((await PodsAsync("shop")).Select(pod => $"shop/{pod}"));
        Found(all, "own-namespace").Should().Equal("monitoring/prometheus");

        static IEnumerable<string> Found(IEnumerable<Target> targets, string job)
            => targets.Where(target => target.Job == job && target.Namespace is "shop" or "monitoring")
                .Select(target => $"{target.Namespace}/{target.Discovered["__meta_kubernetes_pod_name"]}").Distinct();
    }

    [Theory, InlineData("endpoints"), InlineData("endpoint-slices")]
    public async Task Endpoints_are_found_with_their_service_pod_and_node(string job)
    {
        var targets = await _prometheus.ScrapedAsync(job, "shop", 2);

        foreach (var target in targets)
        {
            target.Labels.Should().Contain(Labels(("namespace", "shop"), ("service", "web"), ("port", "http"), ("ready", "true"), ("os", "linux")));
        }

        targets.Select(target => target.Labels["pod"]).Should().BeEquivalentTo(await PodsAsync("shop"));
        (await _prometheus.ValueAsync($"count(prometheus_build_info{{job=\"{job}\"}})")).Should().Be("2");
    }

    [Fact]
    public async Task What_the_account_may_not_list_is_refused_and_not_found()
    {
        await _prometheus.ScrapedAsync("endpoints", "shop", 2); // which its role allows in that namespace
        await _prometheus.LoggedAsync(
            """endpoints is forbidden: User \\"system:serviceaccount:monitoring:prometheus\\" cannot (list|watch) resource \\"endpoints\\" in API group \\"\\" at the cluster scope""");

        await _prometheus.TargetsAsync(targets => !targets.Any(target => target.Job == "forbidden-endpoints"), "nothing may be found by an account without the right to it");
    }

    [Fact]
    public async Task Services_are_found_and_scraped_at_their_cluster_address()
    {
        var target = (await _prometheus.ScrapedAsync("services", "shop", 1)).Single();

        var service = await Client.GetAsync(Resources.Services, "shop", "web", Cancel);
        target.Url.Should().Be($"http://{service.Spec.ClusterIP}:9090/metrics");
        target.Labels.Should().Contain(Labels(("namespace", "shop"), ("service", "web"), ("type", "NodePort")));
        target.Discovered["__address__"].Should().Be("web.shop.svc:9090");
        (await _prometheus.ValueAsync("count(prometheus_build_info{job=\"services\", namespace=\"shop\"})")).Should().Be("1");
    }

    [Fact]
    public async Task Nodes_are_found_and_scraped_at_the_port_that_an_annotation_names()
    {
        var node = (await Client.ListAsync(Resources.Nodes, cancel: Cancel)).Items.Single().Metadata.Name;
        var port = (await Client.GetAsync(Resources.Services, "shop", "web", Cancel)).Spec.Ports.Single().NodePort;
        await Client.PatchAsync(Resources.Nodes, null, node, Annotation("prometheus.io/port", $"{port}"), cancel: Cancel);

        var target = (await _prometheus.ScrapedAsync("nodes", "", 1)).Single();

        target.Url.Should().EndWith($":{port}/metrics");
        target.Labels.Should().Contain(Labels(("node", node), ("os", "linux")));
        (await _prometheus.ValueAsync("count(prometheus_build_info{job=\"nodes\"})")).Should().Be("1");
    }

    [Fact]
    public async Task Ingresses_are_found_and_scraped_through_the_ingress_controller()
    {
        var target = (await _prometheus.ScrapedAsync("ingresses", "shop", 1)).Single();

        target.Labels.Should().Contain(Labels(("url", "http://shop.example.com/"), ("class", "nginx"), ("namespace", "shop")));
        (await _prometheus.ValueAsync("count(prometheus_build_info{job=\"ingresses\", namespace=\"shop\"})")).Should().Be("1");
    }

    [Fact]
    public async Task Targets_come_change_and_go_with_their_objects()
    {
        string[] jobs = ["pods", "selected-pods", "endpoint-slices", "services", "ingresses"];

        await _prometheus.AddAsync("later");
        await Task.WhenAll(jobs.Select(job => _prometheus.ScrapedAsync(job, "later", job is "services" or "ingresses" ? 1 : 2)));

        // for a watch with a selector, a pod that it no longer selects is deleted
        var pod = (await PodsAsync("later"))[0];
        await Client.PatchAsync(Resources.Pods, "later", pod, Label("tier", "back"), cancel: Cancel);
        await Client.PatchAsync(Resources.Services, "later", "web", Annotation("prometheus.io/scrape", "false"), cancel: Cancel);
        await Task.WhenAll(
            _prometheus.ScrapedAsync("selected-pods", "later", 1),
            _prometheus.ScrapedAsync("endpoint-slices", "later", 1),
            _prometheus.ScrapedAsync("services", "later", 0));
        (await _prometheus.ScrapedAsync("pods", "later", 2)).Should().Contain(target => target.Labels["pod"] == pod);

        await Client.DeleteAsync(Resources.Namespaces, null, "later", cancel: Cancel);
        await _prometheus.TargetsAsync(targets => !targets.Any(target => target.Namespace == "later"), "nothing of a namespace that is gone may be left");
        await _prometheus.ScrapedAsync("pods", "shop", 2);
    }

    private static Dictionary<string, string> Labels(params (string Name, string Value)[] labels) => labels.ToDictionary(label => label.Name, label => label.Value);

    private static Patch Annotation(string name, string value) => Metadata("annotations", name, value);

    private static Patch Label(string name, string value) => Metadata("labels", name, value);

    private static Patch Metadata(string field, string name, string value)
        => Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { [field] = new JsonObject { [name] = value } } });

    /// <summary>The names of the pods of a namespace that have metrics.</summary>
    private async Task<IReadOnlyList<string>> PodsAsync(string @namespace)
        => [.. (await Client.ListAsync(Resources.Pods, @namespace, new ListOptions { LabelSelector = "tier=front" }, Cancel)).Items.Select(pod => pod.Metadata.Name)];
}
