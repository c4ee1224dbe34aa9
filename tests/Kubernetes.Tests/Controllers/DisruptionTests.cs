using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>Disruption budgets and evictions over the real API server.</summary>
public sealed class DisruptionTests(TestCluster cluster)
{
    [Fact]
    public async Task An_eviction_spends_the_budget_and_the_next_is_refused_in_upstreams_words()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "web", "blue", replicas: 2));
        await cluster.EventuallyAsync(Resources.Deployments, ns, "web", found => found?.Status?.AvailableReplicas == 2);
        (await cluster.KubectlAsync(ns, "create", "pdb", "few", "--selector=app=web", "--max-unavailable=0")).Should().Contain("created");
        var budget = await cluster.EventuallyAsync(Resources.PodDisruptionBudgets, ns, "few", found => found?.Status is { ExpectedPods: 2, CurrentHealthy: 2 });
        budget.Status.Should().Match<V1PodDisruptionBudgetStatus>(status => status.DesiredHealthy == 2 && status.DisruptionsAllowed == 0 && status.ObservedGeneration == 1);
        var pods = (await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 2)).ToList();

        var refused = await FluentActions.Awaiting(() => EvictAsync(ns, pods[0])).Should().ThrowAsync<ApiException>();
        ((int)refused.Which.Code).Should().Be(429);
        refused.Which.StatusMessage.Should().Be("Cannot evict pod as it would violate the pod's disruption budget.");
        refused.Which.Status.Details.Causes.Should().ContainSingle(cause => cause.Reason == "DisruptionBudget"
            && cause.Message == "The disruption budget few needs 2 healthy pods and has 2 currently");

        (await cluster.KubectlAsync(ns, "patch", "pdb", "few", "--type=merge", "-p", """{"spec":{"maxUnavailable":1}}""")).Should().Contain("patched");
        await cluster.EventuallyAsync(Resources.PodDisruptionBudgets, ns, "few", found => found?.Status is { DisruptionsAllowed: 1, ObservedGeneration: 2 });
        await EvictAsync(ns, pods[0]);

        await cluster.EventuallyAllAsync(Resources.Pods, ns, now => now.Count == 2 && now.All(pod => pod.Metadata.Uid != pods[0].Metadata.Uid));
        await cluster.EventuallyAsync(Resources.PodDisruptionBudgets, ns, "few", found => found?.Status is { DisruptionsAllowed: 1, CurrentHealthy: 2 });
        (await cluster.KubectlAsync(ns, "get", "pdb")).Should().MatchRegex(@"NAME +MIN AVAILABLE +MAX UNAVAILABLE +ALLOWED DISRUPTIONS +AGE\s+few +N/A +1 +1");
        (await cluster.KubectlAsync(ns, "describe", "pdb", "few")).Should().Contain("Allowed disruptions:  1");
    }

    private Task EvictAsync(string ns, V1Pod pod) => cluster.Client.SendAsync(
        HttpMethod.Post,
        $"api/v1/namespaces/{ns}/pods/{pod.Metadata.Name}/eviction",
        $$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{pod.Metadata.Name}}","namespace":"{{ns}}"} }""",
        TestContext.Current.CancellationToken);
}
