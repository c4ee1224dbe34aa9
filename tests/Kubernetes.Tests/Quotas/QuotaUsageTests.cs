using System.Text.Json.Nodes;
using Kubernetes.Quotas;

namespace Kubernetes.Tests.Quotas;

public sealed class QuotaUsageTests
{
    [Theory]
    [InlineData("500m", "1", "1500m")]
    [InlineData("1Gi", "512Mi", "1536Mi")]
    [InlineData("0", "1Gi", "1Gi")]
    [InlineData("1Gi", "1Gi", "2Gi")]
    [InlineData("999", "1", "1k")]
    [InlineData("512Ki", "1", "524289")]
    [InlineData("100Mi", "1.5Gi", "1636Mi")]
    public void Sums_are_written_as_upstream_writes_them(string one, string other, string sum)
        => (Quantity.Parse(one) + Quantity.Parse(other)).ToString().Should().Be(sum);

    [Fact]
    public void A_pod_uses_its_containers_together_or_its_largest_init_container_beside_the_sidecars()
    {
        var usage = Pod("""
            {"spec":{"containers":[{"resources":{"requests":{"cpu":"100m"}}},{"resources":{"requests":{"cpu":"200m"},"limits":{"cpu":"1"}}}],
             "initContainers":[{"restartPolicy":"Always","resources":{"requests":{"cpu":"50m"}}},{"resources":{"requests":{"cpu":"1"}}}]}}
            """);

        usage["requests.cpu"].ToString().Should().Be("1050m");
        usage["cpu"].Should().Be(usage["requests.cpu"]);
        usage["limits.cpu"].ToString().Should().Be("1");
        usage["pods"].Should().Be(usage["count/pods"]).And.Be(Quantity.One);
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[]},"status":{"phase":"Failed"}}""")]
    [InlineData("""{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"},"spec":{"containers":[]}}""")]
    public void A_pod_that_has_ended_only_takes_its_place(string pod) => Pod(pod).Keys.Should().Equal("count/pods");

    [Theory]
    [InlineData("count/rollouts.argoproj.io", "argoproj.io", "rollouts")]
    [InlineData("count/pods", "", "pods")]
    [InlineData("requests.cpu", "", "pods")]
    [InlineData("services.nodeports", "", "services")]
    [InlineData("standard.storageclass.storage.k8s.io/requests.storage", "", "persistentvolumeclaims")]
    public void Each_name_counts_objects_of_one_resource(string name, string group, string plural) => QuotaUsage.Counts(name).Should().Be((group, plural));

    [Theory]
    [InlineData("""{"scopes":["BestEffort"]}""", "{}", true)]
    [InlineData("""{"scopes":["NotBestEffort"]}""", "{}", false)]
    [InlineData("""{"scopes":["BestEffort"]}""", """{"resources":{"limits":{"cpu":"1"}}}""", false)]
    [InlineData("""{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["high"]}]}}""", "{}", true)]
    [InlineData("""{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"NotIn","values":["high"]}]}}""", "{}", false)]
    [InlineData("""{"scopes":["NotTerminating","BestEffort"]}""", "{}", true)]
    public void A_quota_is_about_pods_in_all_its_scopes(string quota, string container, bool matches)
    {
        var pod = JsonNode.Parse("""{"spec":{"priorityClassName":"high","containers":[CONTAINER]}}""".Replace("CONTAINER", container, StringComparison.Ordinal))!.AsObject();

        QuotaScopes.Match(JsonNode.Parse(quota)!.AsObject(), isPod: true, pod).Should().Be(matches);
        QuotaScopes.Match(JsonNode.Parse(quota)!.AsObject(), isPod: false, pod).Should().BeFalse();
    }

    private static IReadOnlyDictionary<string, Quantity> Pod(string json)
        => QuotaUsage.Of("", "pods", JsonNode.Parse(json)!.AsObject(), new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
}
