using k8s.Models;
using Kubernetes.Controllers.StatefulSets;

namespace Kubernetes.Tests.Controllers.StatefulSets;

public sealed class StatefulSetPlanTests
{
    [Fact]
    public void Ordered_pods_come_one_after_the_other_each_when_the_one_before_is_ready()
    {
        Created(Plan(Set(3))).Should().Equal(0);
        Created(Plan(Set(3), Pod(0))).Should().Equal(1);
        Created(Plan(Set(3), Pod(0), Pod(1, ready: false))).Should().BeEmpty();
        Created(Plan(Set(3, start: 5), Pod(5))).Should().Equal(6);
    }

    [Fact]
    public void Parallel_pods_come_and_go_together()
    {
        Created(Plan(Set(3, policy: "Parallel"))).Should().Equal(0, 1, 2);
        Deleted(Plan(Set(1, policy: "Parallel"), Pod(0), Pod(1, ready: false), Pod(2))).Should().Equal("web-2", "web-1");
    }

    [Fact]
    public void A_shrinking_set_gives_up_its_highest_pod_and_waits_until_it_is_gone()
    {
        Deleted(Plan(Set(1), Pod(0), Pod(1), Pod(2))).Should().Equal("web-2");
        Deleted(Plan(Set(1), Pod(0), Pod(1), Pod(2, terminating: true))).Should().BeEmpty();
        Deleted(Plan(Set(1), Pod(0, ready: false), Pod(1))).Should().BeEmpty("an unhealthy pod is waited for first");
        Deleted(Plan(Set(1), Pod(0), Pod(1, ready: false))).Should().Equal("web-1");
    }

    [Fact]
    public void A_finished_pod_is_made_anew()
        => Deleted(Plan(Set(2), Pod(0, phase: "Failed"), Pod(1))).Should().Equal("web-0");

    [Fact]
    public void An_update_goes_from_the_top_down_to_the_partition_one_healthy_pod_at_a_time()
    {
        Deleted(Plan(Set(3), Pod(0, "old"), Pod(1, "old"), Pod(2, "old"))).Should().Equal("web-2");
        Deleted(Plan(Set(3, policy: "Parallel"), Pod(0, "old"), Pod(1, "old"), Pod(2, ready: false))).Should().BeEmpty();
        Deleted(Plan(Set(3), Pod(0, "old"), Pod(1, "old"), Pod(2))).Should().Equal("web-1");
        Deleted(Plan(Set(3, partition: 2), Pod(0, "old"), Pod(1, "old"), Pod(2))).Should().BeEmpty();
        Deleted(Plan(Set(3, strategy: "OnDelete"), Pod(0, "old"), Pod(1, "old"), Pod(2, "old"))).Should().BeEmpty();
        Deleted(Plan(Set(3, unavailable: "2"), Pod(0, "old"), Pod(1, "old"), Pod(2, "old"))).Should().Equal("web-2", "web-1");
    }

    [Fact]
    public void A_pod_below_the_partition_comes_back_at_the_current_revision()
    {
        Plan(Set(3, partition: 2), Pod(0, "old")).Create.Should().Equal(new StatefulCreation(1, AtCurrentRevision: true));
        Plan(Set(3, partition: 2), Pod(0, "old"), Pod(1, "old")).Create.Should().Equal(new StatefulCreation(2, AtCurrentRevision: false));
        Plan(Set(1, strategy: "OnDelete", partition: 2)).Create.Should().Equal(new StatefulCreation(0, AtCurrentRevision: false));
    }

    [Fact]
    public void The_current_revision_follows_when_every_pod_runs_the_update()
    {
        var half = Status(Pod(0, "old"), Pod(1));
        half.Should().Match<V1StatefulSetStatus>(status => status.CurrentRevision == "old" && status.UpdateRevision == "new"
            && status.CurrentReplicas == 1 && status.UpdatedReplicas == 1 && status.ReadyReplicas == 2);

        var whole = Status(Pod(0), Pod(1));
        whole.Should().Match<V1StatefulSetStatus>(status => status.CurrentRevision == "new" && status.CurrentReplicas == 2);
    }

    private static V1StatefulSetStatus Status(params V1Pod[] pods) => StatefulSetStatusFrom.Observed(Set(2), pods, "old", "new", null, Objects.Now);

    private static IEnumerable<int> Created(StatefulSetPlan plan) => plan.Create.Select(creation => creation.Ordinal);

    private static IEnumerable<string> Deleted(StatefulSetPlan plan) => plan.Delete.Select(pod => pod.Metadata.Name);

    private static StatefulSetPlan Plan(V1StatefulSet set, params V1Pod[] pods) => StatefulSetPlan.For(set, pods, "new", Objects.Now);

    private static V1StatefulSet Set(
        int replicas, string policy = "OrderedReady", string strategy = "RollingUpdate", int partition = 0, int? start = null, string? unavailable = null) => new()
        {
            Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop", Uid = "set", Generation = 1 },
            Spec = new V1StatefulSetSpec
            {
                Replicas = replicas,
                PodManagementPolicy = policy,
                Ordinals = start is null ? null : new V1StatefulSetOrdinals { Start = start },
                UpdateStrategy = new V1StatefulSetUpdateStrategy
                {
                    Type = strategy,
                    RollingUpdate = new V1RollingUpdateStatefulSetStrategy { Partition = partition, MaxUnavailable = unavailable is null ? (IntOrString?)null : unavailable },
                },
            },
        };

    private static V1Pod Pod(int ordinal, string revision = "new", bool ready = true, string phase = "Running", bool terminating = false)
    {
        var pod = Objects.Pod($"web-{ordinal}", phase, ready);
        pod.Metadata.Labels = new Dictionary<string, string> { ["controller-revision-hash"] = revision };
        pod.Metadata.DeletionTimestamp = terminating ? Objects.Now : null;
        return pod;
    }
}
