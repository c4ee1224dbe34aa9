using k8s.Models;
using Kubernetes.Controllers.DaemonSets;

namespace Kubernetes.Tests.Controllers.DaemonSets;

public sealed class DaemonSetPlanTests
{
    [Fact]
    public void Every_fitting_node_has_one_pod_and_no_other_node_has_any()
    {
        var plan = Plan(Set(), Node("a"), Node("b", run: false), Node("c", run: false, stay: false, Pod("c1")), Node("d", true, true, Pod("d1"), Pod("d2")));

        plan.Create.Should().Equal("a");
        Names(plan).Should().Equal("c1", "d2");
    }

    [Fact]
    public void A_pod_that_is_going_is_waited_for_and_a_failed_one_goes()
    {
        var going = Pod("a1");
        going.Metadata.DeletionTimestamp = Objects.Now;

        Plan(Set(), Node("a", true, true, going)).Create.Should().BeEmpty();
        Names(Plan(Set(), Node("a", true, true, Pod("a1", phase: "Failed")))).Should().Equal("a1");
    }

    [Fact]
    public void An_update_takes_broken_pods_at_once_and_others_as_far_as_may_be_unavailable()
    {
        DaemonNode[] nodes =
        [
            Node("a", true, true, Pod("a1", "old")), Node("b", true, true, Pod("b1", "old")), Node("c", true, true, Pod("c1", "old", ready: false)),
        ];

        Names(Plan(Set(), nodes)).Should().Equal("c1");
        Names(Plan(Set(unavailable: "2"), nodes)).Should().Equal("c1", "a1");
        Names(Plan(Set(type: "OnDelete"), nodes)).Should().BeEmpty();
        Names(Plan(Set(), Node("a", true, true, Pod("a1")), Node("b", true, true, Pod("b1", "old")))).Should().Equal("b1");
    }

    [Fact]
    public void With_surge_the_new_pod_comes_first_and_the_old_one_goes_when_it_is_available()
    {
        var set = Set(unavailable: "0", surge: "1");

        Plan(set, Node("a", true, true, Pod("a1", "old")), Node("b", true, true, Pod("b1", "old"))).Create.Should().Equal("a");
        Plan(set, Node("a", true, true, Pod("a1", "old"), Pod("a2", ready: false))).Should().Match<DaemonSetPlan>(plan => plan.Create.Count == 0 && plan.Delete.Count == 0);
        Names(Plan(set, Node("a", true, true, Pod("a1", "old"), Pod("a2")))).Should().Equal("a1");
    }

    private static IEnumerable<string> Names(DaemonSetPlan plan) => plan.Delete.Select(pod => pod.Metadata.Name);

    private static DaemonSetPlan Plan(V1DaemonSet set, params DaemonNode[] nodes) => DaemonSetPlan.For(set, nodes, "new", Objects.Now);

    private static DaemonNode Node(string name, bool run = true, bool stay = true, params V1Pod[] pods) => new(name, run, stay, pods);

    private static V1Pod Pod(string name, string hash = "new", bool ready = true, string phase = "Running")
    {
        var pod = Objects.Pod(name, phase, ready);
        pod.Metadata.Labels = new Dictionary<string, string> { ["controller-revision-hash"] = hash };
        return pod;
    }

    private static V1DaemonSet Set(string type = "RollingUpdate", string unavailable = "1", string surge = "0") => new()
    {
        Metadata = new V1ObjectMeta { Name = "agent", NamespaceProperty = "shop", Uid = "set" },
        Spec = new V1DaemonSetSpec
        {
            UpdateStrategy = new V1DaemonSetUpdateStrategy
            {
                Type = type,
                RollingUpdate = new V1RollingUpdateDaemonSet { MaxUnavailable = unavailable, MaxSurge = surge },
            },
        },
    };
}
