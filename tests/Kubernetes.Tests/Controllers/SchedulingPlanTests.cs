using k8s.Models;
using Kubernetes.Controllers.Scheduling;

namespace Kubernetes.Tests.Controllers;

public sealed class SchedulingPlanTests
{
    [Fact]
    public void A_pod_waits_in_the_schedulers_words_while_no_node_fits()
    {
        var pod = Objects.Pod("p", node: null);

        SchedulingPlan.For(pod, [], []).Message.Should().Be("no nodes available to schedule pods");
        SchedulingPlan.For(pod, [Node(ready: false)], []).Message
            .Should().Be("0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.");
        SchedulingPlan.For(pod, [Node(pods: 1)], [Objects.Pod("there")]).Message.Should().Be("0/1 nodes are available: 1 Too many pods.");
    }

    [Fact]
    public void Requests_and_selectors_decide_where_a_pod_fits()
    {
        var pod = Objects.Pod("p", node: null);
        pod.Spec.Containers[0].Resources = new V1ResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = "3" } };
        SchedulingPlan.For(pod, [Node()], []).Message.Should().Be("0/1 nodes are available: 1 Insufficient cpu.");

        pod.Spec.Containers[0].Resources = null;
        pod.Spec.NodeSelector = new Dictionary<string, string> { ["disk"] = "ssd" };
        SchedulingPlan.For(pod, [Node()], []).Message.Should().Be("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.");

        pod.Spec.NodeSelector = null;
        SchedulingPlan.For(pod, [Node()], []).NodeName.Should().Be("n");
    }

    private static V1Node Node(bool ready = true, int pods = 10) => new()
    {
        Metadata = new V1ObjectMeta { Name = "n" },
        Status = new V1NodeStatus
        {
            Conditions = [new V1NodeCondition { Type = "Ready", Status = ready ? "True" : "False" }],
            Allocatable = new Dictionary<string, ResourceQuantity> { ["cpu"] = "2", ["memory"] = "1Gi", ["pods"] = $"{pods}" },
        },
    };
}
