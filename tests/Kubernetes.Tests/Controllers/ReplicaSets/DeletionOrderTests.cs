using k8s.Models;
using Kubernetes.Controllers.ReplicaSets;

namespace Kubernetes.Tests.Controllers.ReplicaSets;

public sealed class DeletionOrderTests
{
    [Fact]
    public void Pods_go_in_the_order_of_what_is_lost_with_them()
    {
        V1Pod[] pods =
        [
            Objects.Pod("old", ageSeconds: 100_000),
            Objects.Pod("young", ageSeconds: 10),
            Objects.Pod("restarting", ageSeconds: 100_000, restarts: 4),
            Objects.Pod("dear", cost: "100", ageSeconds: 1),
            Objects.Pod("cheap", cost: "-1", ageSeconds: 100_000),
            Objects.Pod("unready", ready: false, ageSeconds: 100_000),
            Objects.Pod("pending", phase: "Pending", ready: false, ageSeconds: 100_000),
            Objects.Pod("unassigned", phase: "Pending", ready: false, node: null, ageSeconds: 100_000),
        ];

        pods.Order(new DeletionOrder(Objects.Now, _ => 0)).Select(pod => pod.Metadata.Name)
            .Should().Equal("unassigned", "pending", "unready", "cheap", "young", "restarting", "old", "dear");
    }

    [Fact]
    public void Among_pods_of_about_the_same_age_the_uid_decides_and_not_the_youngest()
    {
        V1Pod[] pods = [Objects.Pod("b", ageSeconds: 1000), Objects.Pod("a", ageSeconds: 1001)];

        pods.Order(new DeletionOrder(Objects.Now, _ => 0)).Select(pod => pod.Metadata.Name).Should().Equal("a", "b");
    }

    [Fact]
    public void A_pod_on_a_crowded_node_goes_before_one_that_is_alone()
    {
        V1Pod[] pods = [Objects.Pod("alone", node: "quiet"), Objects.Pod("one", node: "crowded"), Objects.Pod("two", node: "crowded")];
        var set = Objects.Set("web", "new", replicas: 2);

        var plan = ReplicaSetPlan.For(set, pods, pods, Objects.Now);

        plan.Create.Should().Be(0);
        plan.Delete.Should().ContainSingle().Which.Spec.NodeName.Should().Be("crowded");
    }

    [Fact]
    public void A_set_that_is_being_deleted_makes_no_pods()
    {
        var set = Objects.Set("web", "new", replicas: 2);
        ReplicaSetPlan.For(set, [], [], Objects.Now).Create.Should().Be(2);

        set.Metadata.DeletionTimestamp = Objects.Now;
        ReplicaSetPlan.For(set, [], [], Objects.Now).Should().Be(ReplicaSetPlan.Nothing);
    }

    [Fact]
    public void A_ready_pod_is_available_after_its_min_ready_seconds()
    {
        var set = Objects.Set("web", "new", replicas: 2);
        set.Spec.MinReadySeconds = 30;
        V1Pod[] pods = [Objects.Pod("long", readySeconds: 31), Objects.Pod("short", readySeconds: 10)];

        var status = ReplicaSetStatusFrom.Observed(set, pods, terminating: 0, failure: null, Objects.Now);

        status.ReadyReplicas.Should().Be(2);
        status.AvailableReplicas.Should().Be(1);
        ReplicaSetStatusFrom.NextAvailability(set, pods, Objects.Now).Should().Be(Objects.Now.AddSeconds(20));
    }
}
