using System.Text;
using ArgoRollouts.Metrics;

namespace ArgoRollouts.Tests.Metrics;

public sealed class MetricsTests
{
    [Theory]
    [InlineData("GET", "/apis/argoproj.io/v1alpha1/rollouts?watch=1", "rollouts", "", "", "Watch")]
    [InlineData("GET", "/api/v1/namespaces/a/services", "services", "a", "", "List")]
    [InlineData("GET", "/apis/coordination.k8s.io/v1/namespaces/argo-rollouts/leases/lock", "leases", "argo-rollouts", "lock", "Get")]
    [InlineData("PATCH", "/apis/argoproj.io/v1alpha1/namespaces/a/rollouts/demo/status?fieldManager=x", "rollouts", "a", "demo", "Patch")]
    [InlineData("POST", "/apis/apps/v1/namespaces/a/replicasets", "replicasets", "a", "", "Create")]
    [InlineData("DELETE", "/api/v1/namespaces/a", "namespaces", "", "a", "Delete")]
    [InlineData("GET", "/version", "Unknown", "Unknown", "Unknown", "Unknown")]
    public void A_request_is_named_by_its_path(string method, string path, string kind, string @namespace, string name, string verb)
        => RequestCounting.Describe(new HttpMethod(method), new Uri($"https://server{path}")).Should().Be((kind, @namespace, name, verb));

    [Fact]
    public void Counters_and_histograms_are_written_in_Prometheus_text_format()
    {
        var metrics = new RolloutsMetrics();
        metrics.CountEvent("a", "demo", "Normal", "RolloutCompleted");
        metrics.CountEvent("a", "demo", "Normal", "RolloutCompleted");
        metrics.CountRequest("replicasets", "a", "demo-abc", "Patch", 200);
        metrics.ObserveRollout(Build.BlueGreen(), TimeSpan.FromMilliseconds(200));

        Text(metrics).Should().Contain("""rollout_events_total{namespace="a",name="demo",type="Normal",reason="RolloutCompleted"} 2""")
            .And.Contain("""controller_clientset_k8s_request_total{kind="replicasets",namespace="a",name="N/A",verb="Patch",status_code="200"} 1""")
            .And.Contain("""rollout_reconcile_bucket{namespace="test",name="demo",le="0.15"} 0""")
            .And.Contain("""rollout_reconcile_bucket{namespace="test",name="demo",le="0.25"} 1""")
            .And.Contain("""rollout_reconcile_count{namespace="test",name="demo"} 1""")
            .And.Contain("# TYPE rollout_reconcile histogram");
    }

    [Fact]
    public void A_rollout_that_is_gone_leaves_no_series()
    {
        var metrics = new RolloutsMetrics();
        metrics.CountRolloutError("test", "demo");
        metrics.ObserveRollout(Build.BlueGreen(), TimeSpan.Zero);

        metrics.RemoveRollout("test", "demo");

        Text(metrics).Should().NotContain("demo");
    }

    private static string Text(RolloutsMetrics metrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics.All)
        {
            metric.WriteTo(text);
        }

        return text.ToString();
    }
}
