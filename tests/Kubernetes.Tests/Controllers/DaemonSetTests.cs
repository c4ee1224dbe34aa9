using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>DaemonSets over the real API server, and as kubectl sees them.</summary>
public sealed class DaemonSetTests(TestCluster cluster)
{
    [Fact]
    public async Task One_pod_runs_on_the_node_and_updates_and_undoes_roll()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Manifest(ns, "blue"));
        await cluster.EventuallyAsync(Resources.DaemonSets, ns, "agent", Done);

        (await cluster.KubectlAsync(ns, "set", "image", "ds/agent", "main=argoproj/rollouts-demo:green")).Should().Contain("image updated");
        (await cluster.KubectlAsync(ns, "rollout", "status", "ds/agent", "--timeout=50s")).Should().Contain("successfully rolled out");
        (await cluster.KubectlAsync(ns, "rollout", "history", "ds/agent")).Should().MatchRegex(@"(?s)REVISION.*1 .*2 ");
        (await cluster.KubectlAsync(ns, "rollout", "undo", "ds/agent")).Should().Contain("rolled back");
        var undone = await cluster.EventuallyAsync(
            Resources.DaemonSets, ns, "agent", set => Done(set) && set!.Spec.Template.Spec.Containers[0].Image == "argoproj/rollouts-demo:blue");

        undone.Metadata.Generation.Should().Be(3);
        (await cluster.KubectlAsync(ns, "get", "ds")).Should().MatchRegex(@"NAME +DESIRED +CURRENT +READY +UP-TO-DATE +AVAILABLE +NODE SELECTOR +AGE\s+agent +1 +1 +1 +1 +1 +<none>");
        (await cluster.KubectlAsync(ns, "describe", "ds", "agent")).Should().Contain("Desired Number of Nodes Scheduled: 1").And.Contain("SuccessfulCreate");
    }

    [Fact]
    public async Task A_set_whose_selector_fits_no_node_has_no_pods()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Manifest(ns, "blue", "nodeSelector: { disk: ssd },"));

        var set = await cluster.EventuallyAsync(Resources.DaemonSets, ns, "agent", set => set?.Status?.ObservedGeneration == 1);

        set.Status.DesiredNumberScheduled.Should().Be(0);
        (await cluster.Client.ListAsync(Resources.Pods, ns, cancel: TestContext.Current.CancellationToken)).Items.Should().BeEmpty();
    }

    private static bool Done(V1DaemonSet? set)
        => set?.Status is { NumberAvailable: 1, UpdatedNumberScheduled: 1, DesiredNumberScheduled: 1 } status && status.ObservedGeneration == set.Metadata.Generation;

    private static string Manifest(string ns, string tag, string spec = "") => $$"""
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: { name: agent, namespace: {{ns}} }
        spec:
          selector: { matchLabels: { app: agent } }
          template:
            metadata: { labels: { app: agent } }
            spec: { {{spec}} terminationGracePeriodSeconds: 1, containers: [{ name: main, image: "argoproj/rollouts-demo:{{tag}}" }] }
        """;
}
