using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>StatefulSets over the real API server, and as kubectl sees them.</summary>
public sealed class StatefulSetTests(TestCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pods_keep_their_names_and_an_undo_goes_back_to_the_old_revision()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.StatefulSet(ns, "db", "blue", replicas: 2));
        var first = await cluster.EventuallyAsync(Resources.StatefulSets, ns, "db", Done(2));
        first.Metadata.Generation.Should().Be(1);
        var pods = (await cluster.Client.ListAsync(Resources.Pods, ns, cancel: Stop)).Items;
        pods.Select(pod => pod.Metadata.Name).Should().BeEquivalentTo("db-0", "db-1");
        pods.Should().OnlyContain(pod => pod.Spec.Hostname == pod.Metadata.Name && pod.Spec.Subdomain == "db"
            && pod.Metadata.Labels["controller-revision-hash"] == first.Status.UpdateRevision);

        (await cluster.KubectlAsync(ns, "set", "image", "sts/db", "main=argoproj/rollouts-demo:green")).Should().Contain("image updated");
        (await cluster.KubectlAsync(ns, "rollout", "status", "sts/db", "--timeout=50s")).Should().Contain("partitioned roll out complete: 2 new pods have been updated");
        var second = await cluster.EventuallyAsync(Resources.StatefulSets, ns, "db", Done(2));
        second.Status.CurrentRevision.Should().NotBe(first.Status.CurrentRevision);
        (await cluster.KubectlAsync(ns, "rollout", "history", "sts/db")).Should().MatchRegex(@"(?s)REVISION.*1 .*2 ");

        (await cluster.KubectlAsync(ns, "rollout", "undo", "sts/db")).Should().Contain("rolled back");
        var undone = await cluster.EventuallyAsync(Resources.StatefulSets, ns, "db", set => Done(2)(set) && set!.Status.CurrentRevision == first.Status.CurrentRevision);
        undone.Spec.Template.Spec.Containers[0].Image.Should().EndWith(":blue");
        (await cluster.Client.ListAsync(Resources.ControllerRevisions, ns, cancel: Stop)).Items.Select(revision => revision.Revision).Should().BeEquivalentTo([2L, 3L]);
    }

    [Fact]
    public async Task Scaling_down_takes_the_highest_pod()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.StatefulSet(ns, "db", "blue", replicas: 2));
        await cluster.EventuallyAsync(Resources.StatefulSets, ns, "db", Done(2));
        (await cluster.KubectlAsync(ns, "scale", "sts/db", "--replicas=1")).Should().Contain("scaled");
        await cluster.EventuallyAsync(Resources.StatefulSets, ns, "db", Done(1));
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 1 && pods[0].Metadata.Name == "db-0");
        (await cluster.KubectlAsync(ns, "get", "sts")).Should().MatchRegex(@"NAME +READY +AGE\s+db +1/1");
        (await cluster.KubectlAsync(ns, "describe", "sts", "db")).Should().Contain("Pods Status:").And.Contain("1 Running");
    }

    private static Func<V1StatefulSet?, bool> Done(int replicas)
        => set => set?.Status is { } status && status.ObservedGeneration == set.Metadata.Generation && status.Replicas == replicas
            && status.AvailableReplicas == replicas && status.UpdatedReplicas == replicas && status.CurrentRevision == status.UpdateRevision;
}
