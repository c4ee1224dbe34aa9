using k8s.Models;
using Kubernetes.Controllers.GarbageCollection;
using Kubernetes.Controllers.Monitoring;

namespace Kubernetes.Tests.Controllers;

public sealed class GarbagePlanTests
{
    private static readonly global::Controllers.Runtime.Client.Resource<PartialObject> Resource = new("", "v1", "configmaps", "ConfigMap");

    [Fact]
    public void An_object_stays_while_one_owner_does()
    {
        Plan(Item(), OwnerState.Solid).Action.Should().Be(GarbageAction.Nothing);
        Plan(Item(), OwnerState.Absent, OwnerState.Solid).Should().Match<GarbagePlan>(plan => plan.Action == GarbageAction.RemoveOwners && plan.Owners.Single() == "owner0");
    }

    [Fact]
    public void An_object_without_owners_left_is_deleted_as_its_finalizers_ask()
    {
        Plan(Item(), OwnerState.Absent).Should().Match<GarbagePlan>(plan => plan.Action == GarbageAction.Delete && plan.Propagation == "Background");
        Plan(Item(Finalizers.Foreground), OwnerState.Absent).Propagation.Should().Be("Foreground");
        Plan(Item(Finalizers.Orphan), OwnerState.Absent).Propagation.Should().Be("Orphan");
    }

    [Fact]
    public void An_object_that_never_had_an_owner_is_nobodys_business()
        => GarbagePlan.For(Item(), [], []).Should().Be(GarbagePlan.Nothing);

    [Fact]
    public void Below_a_foreground_deletion_dependents_go_in_the_foreground_too()
    {
        var owners = new[] { (new V1OwnerReference { Uid = "owner0" }, OwnerState.WaitingForDependents) };

        GarbagePlan.For(Item(), owners, [Item()]).Propagation.Should().Be("Foreground");
        GarbagePlan.For(Item(), owners, []).Propagation.Should().Be("Background");
    }

    [Fact]
    public void Removing_an_owner_from_the_graph_brings_back_its_dependents()
    {
        var graph = new OwnerGraph();
        var owner = new GraphNode(Resource, new V1ObjectMeta { Uid = "o", Name = "owner", NamespaceProperty = "shop" });
        var child = new GraphNode(Resource, new V1ObjectMeta
        {
            Uid = "c", Name = "child", NamespaceProperty = "shop", OwnerReferences = [new V1OwnerReference { Uid = "o", Name = "owner", Kind = "ConfigMap", ApiVersion = "v1" }],
        });

        graph.Observe(owner).Should().BeEmpty();
        graph.Observe(child).Should().BeEmpty("its owner is there");
        graph.Remove("o").Should().Equal("c");
    }

    private static GarbagePlan Plan(GraphNode item, params OwnerState[] owners)
        => GarbagePlan.For(item, [.. owners.Select((state, index) => (new V1OwnerReference { Uid = $"owner{index}" }, state))], []);

    private static GraphNode Item(params string[] finalizers)
        => new(Resource, new V1ObjectMeta { Uid = "item", Name = "item", NamespaceProperty = "shop", Finalizers = finalizers });
}
