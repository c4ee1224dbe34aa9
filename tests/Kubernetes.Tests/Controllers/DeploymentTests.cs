using System.Globalization;
using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Kubernetes.Controllers.Pods;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>Deployments over the real API server.</summary>
public sealed class DeploymentTests(TestCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revisions_are_counted_and_an_undo_uses_the_old_replica_set_again()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "demo", "blue", replicas: 2));
        var first = await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", Done(2, "1"));
        first.Metadata.Generation.Should().Be(1, "only a change of the specification counts");
        var blue = (await cluster.Client.ListAsync(Resources.ReplicaSets, ns, cancel: Stop)).Items.Single();

        await SetImageAsync(ns, "green");
        await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", Done(2, "2"));
        await SetImageAsync(ns, "blue");
        var undone = await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", Done(2, "3"));

        undone.Status.Conditions.Should().Contain(condition => condition.Type == "Progressing" && condition.Reason == "NewReplicaSetAvailable");
        var sets = (await cluster.Client.ListAsync(Resources.ReplicaSets, ns, cancel: Stop)).Items;
        sets.Should().HaveCount(2);
        var current = sets.Single(set => set.Metadata.Uid == blue.Metadata.Uid);
        current.Metadata.Annotations["deployment.kubernetes.io/revision"].Should().Be("3");
        current.Metadata.Annotations["deployment.kubernetes.io/revision-history"].Should().Be("1");
    }

    [Fact]
    public async Task Recreate_never_runs_two_versions_at_once()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "demo", "blue", replicas: 2, strategy: "{ type: Recreate }"));
        await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", Done(2, "1"));
        var seen = new List<int>();
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var list = await cluster.Client.ListAsync(Resources.Pods, ns, cancel: Stop);
        var images = list.Items.ToDictionary(pod => pod.Metadata.Name, pod => pod.Spec.Containers[0].Image);
        var watch = Task.Run(
            async () =>
            {
                await foreach (var change in cluster.Client.WatchAsync(Resources.Pods, ns, new ListOptions { ResourceVersion = list.ResourceVersion }, watching.Token))
                {
                    if (change.Kind == WatchEventKind.Deleted || change.Object.Status?.Phase is "Succeeded" or "Failed")
                    {
                        images.Remove(change.Object.Metadata.Name);
                    }
                    else if (change.Kind != WatchEventKind.Bookmark)
                    {
                        images[change.Object.Metadata.Name] = change.Object.Spec.Containers[0].Image;
                    }

                    seen.Add(images.Values.Distinct().Count());
                }
            },
            Stop);

        await SetImageAsync(ns, "green");
        await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", Done(2, "2"));
        await watching.CancelAsync();
        await Task.WhenAny(watch);

        seen.Should().NotBeEmpty().And.OnlyContain(versions => versions <= 1);
    }

    [Fact]
    public async Task A_replica_set_shrinks_by_deletion_cost_and_lets_go_of_pods_that_no_longer_match()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "demo", "blue", replicas: 3));
        await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", Done(3, "1"));
        var pods = (await cluster.Client.ListAsync(Resources.Pods, ns, cancel: Stop)).Items;
        await PatchAsync(ns, pods[1], """{ "metadata": { "annotations": { "controller.kubernetes.io/pod-deletion-cost": "-5" } } }""");

        // the controller decides by its cache: a change of another pod that it answers shows that it has seen this one;
        // a pod that is not ready goes before one that is cheap, so the new one must be ready
        await PatchAsync(ns, pods[2], """{ "metadata": { "labels": { "app": "debug" } } }""");
        var four = await cluster.EventuallyAllAsync(Resources.Pods, ns, found => found.Count == 4 && found.All(PodState.IsReady));
        var seen = four.Max(Version);
        await cluster.EventuallyAllAsync(Resources.ReplicaSets, ns, found => found.Single() is { Status.ReadyReplicas: 3 } set && Version(set) > seen);

        await cluster.Client.PatchAsync(Resources.Deployments, ns, "demo", Patch.Merge(JsonNode.Parse("""{ "spec": { "replicas": 2 } }""")!.AsObject()), cancel: Stop);
        await cluster.EventuallyAllAsync(Resources.Pods, ns, found => found.Count == 3);
        (await cluster.Client.FindAsync(Resources.Pods, ns, pods[1].Metadata.Name, Stop)).Should().BeNull();

        var released = await cluster.EventuallyAsync(Resources.Pods, ns, pods[2].Metadata.Name, found => found?.Metadata.OwnerReferences is null or { Count: 0 });
        released.Metadata.DeletionTimestamp.Should().BeNull();
    }

    private static Func<V1Deployment?, bool> Done(int replicas, string revision)
        => found => found?.Status is { } status && status.ObservedGeneration == found.Metadata.Generation
            && status.UpdatedReplicas == replicas && status.Replicas == replicas && status.AvailableReplicas == replicas
            && found.Metadata.Annotations?["deployment.kubernetes.io/revision"] == revision;

    private static long Version(IKubernetesObject<V1ObjectMeta> found) => long.Parse(found.Metadata.ResourceVersion, CultureInfo.InvariantCulture);

    private Task SetImageAsync(string ns, string tag)
    {
        var patch = JsonNode.Parse($$$"""{ "spec": { "template": { "spec": { "containers": [{ "name": "demo", "image": "argoproj/rollouts-demo:{{{tag}}}" }] } } } }""")!;
        return cluster.Client.PatchAsync(Resources.Deployments, ns, "demo", Patch.Strategic(patch.AsObject()), cancel: Stop);
    }

    private Task PatchAsync(string ns, V1Pod pod, string patch)
        => cluster.Client.PatchAsync(Resources.Pods, ns, pod.Metadata.Name, Patch.Merge(JsonNode.Parse(patch)!.AsObject()), cancel: Stop);
}
