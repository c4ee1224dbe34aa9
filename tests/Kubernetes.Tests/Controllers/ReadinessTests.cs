using System.Text.Json;
using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>
/// API-81: what kstatus (fluxcd/cli-utils pkg/kstatus/status/core.go) reads of each workload before helm's --wait ends.
/// </summary>
public sealed class ReadinessTests(TestCluster cluster)
{
    [Fact]
    public async Task API_81_a_deployment_and_its_replica_set_tell_the_generation_they_observed_as_a_number()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "demo", "blue", replicas: 2));

        var deployment = await StatusAsync(Resources.Deployments, ns, status => Number(status, "availableReplicas") == 2 && Number(status, "observedGeneration") == 1);
        var set = await StatusAsync(Resources.ReplicaSets, ns, status => Number(status, "availableReplicas") == 2 && Number(status, "observedGeneration") == 1);

        Number(deployment, "replicas").Should().Be(2);
        Number(deployment, "updatedReplicas").Should().Be(2);
        Number(deployment, "readyReplicas").Should().Be(2);
        Number(set, "fullyLabeledReplicas").Should().Be(2);
        var done = await StatusAsync(Resources.Deployments, ns, status => Condition(status, "Progressing").Contains("NewReplicaSetAvailable", StringComparison.Ordinal));
        Condition(done, "Available").Should().Be("True MinimumReplicasAvailable");
        Condition(done, "Progressing").Should().Be("True NewReplicaSetAvailable");
    }

    [Fact]
    public async Task API_81_a_stateful_set_tells_its_generation_and_revisions()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.StatefulSet(ns, "web", "blue", 1));

        var status = await StatusAsync(Resources.StatefulSets, ns, status => Number(status, "readyReplicas") == 1 && Number(status, "observedGeneration") == 1);

        Number(status, "replicas").Should().Be(1);
        Number(status, "currentReplicas").Should().Be(1);
        status["updateRevision"]!.GetValue<string>().Should().StartWith("web-").And.Be(status["currentRevision"]!.GetValue<string>());
    }

    [Fact]
    public async Task API_81_a_daemon_set_tells_its_generation_and_counts()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync($$"""
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: { name: agent, namespace: {{ns}} }
            spec:
              selector: { matchLabels: { app: agent } }
              template:
                metadata: { labels: { app: agent } }
                spec: { terminationGracePeriodSeconds: 1, containers: [{ name: main, image: "argoproj/rollouts-demo:blue" }] }
            """);

        var status = await StatusAsync(Resources.DaemonSets, ns, status => Number(status, "numberAvailable") == 1 && Number(status, "observedGeneration") == 1);

        Number(status, "desiredNumberScheduled").Should().Be(1);
        Number(status, "currentNumberScheduled").Should().Be(1);
        Number(status, "updatedNumberScheduled").Should().Be(1);
        Number(status, "numberReady").Should().Be(1);
    }

    [Fact]
    public async Task API_81_a_job_tells_its_start_its_end_and_its_conditions()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "good", "exit 0"));

        var status = await StatusAsync(Resources.Jobs, ns, status => Condition(status, "Complete").StartsWith("True", StringComparison.Ordinal));

        Number(status, "succeeded").Should().Be(1);
        status["startTime"].Should().NotBeNull();
        status["completionTime"].Should().NotBeNull();
        status.ContainsKey("active").Should().BeFalse("zero is left out");
    }

    private async Task<JsonObject> StatusAsync<T>(Resource<T> resource, string ns, Func<JsonObject, bool> wanted)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        JsonObject Of(T item) => JsonNode.Parse(KubernetesJson.Serialize(item))!["status"] as JsonObject ?? [];
        var items = await cluster.EventuallyAllAsync(resource, ns, items => items.Count == 1 && wanted(Of(items[0])));
        return Of(items[0]);
    }

    private static long? Number(JsonObject status, string name)
        => status[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<long>() : null;

    /// <returns>The condition as "status reason"; empty when it is not there.</returns>
    private static string Condition(JsonObject status, string type)
        => (status["conditions"] as JsonArray ?? []).Where(condition => condition!["type"]!.GetValue<string>() == type)
            .Select(condition => $"{condition!["status"]} {condition["reason"]}").FirstOrDefault() ?? "";
}
