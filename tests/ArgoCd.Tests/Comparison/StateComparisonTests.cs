using ArgoCd.Applications;
using ArgoCd.Comparison;
using ArgoCd.Health;
using ArgoCd.Projects;
using Controllers.Runtime.Client;

namespace ArgoCd.Tests.Comparison;

public sealed class StateComparisonTests
{
    private static readonly AppProject Project = new()
    {
        Spec = new AppProjectSpec { ClusterResourceWhitelist = [new ProjectGroupKind { Group = "*", Kind = "*" }] },
    };

    private static readonly ApplicationSpec Spec = new() { Destination = new ApplicationDestination { Namespace = "shop" } };

    private static (string Status, IReadOnlyList<ManagedResource> Resources, IReadOnlyList<Unstructured> Hooks, IReadOnlyList<ApplicationCondition> Conditions) Compare(
        string? desired, params string[] live)
    {
        var objects = live.Select(Yaml.Object).ToDictionary(ResourceKey.Of);
        return StateComparison.Compare(new ComparisonInput(Spec, "web", Project)
        {
            Desired = desired is null ? null : Yaml.Objects(desired),
            Live = objects.Values,
            FindLive = key => objects.GetValueOrDefault(key),
            IsNamespaced = (_, kind) => kind != "Namespace",
        });
    }

    private const string Map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}}";

    private static string LiveMap(string name = "a", string tracking = "web:/ConfigMap:shop/a")
        => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}, namespace: shop, uid: u, annotations: {{argocd.argoproj.io/tracking-id: \"{tracking}\"}}}}, data: {{k: v}}}}";

    [Fact]
    public void A_desired_object_that_is_not_there_is_OutOfSync_and_the_application_Missing()
    {
        var found = Compare(Map);

        found.Status.Should().Be("OutOfSync");
        found.Resources.Should().ContainSingle().Which.Status.Should().BeEquivalentTo(new { Kind = "ConfigMap", Namespace = "shop", Name = "a", Status = "OutOfSync" });
        ApplicationHealth.Of(found.Resources).Status.Should().Be("Missing");
    }

    [Fact]
    public void A_live_object_as_desired_is_Synced() => Compare(Map, LiveMap()).Status.Should().Be("Synced");

    [Fact]
    public void The_tracking_id_is_part_of_what_is_desired()
    {
        var target = Compare(Map).Resources[0].Target!;
        target.Json["metadata"]!["annotations"]!["argocd.argoproj.io/tracking-id"]!.ToString().Should().Be("web:/ConfigMap:shop/a");
    }

    [Fact]
    public void A_tracked_object_that_nothing_desires_requires_pruning()
    {
        var found = Compare("", LiveMap());

        found.Status.Should().Be("OutOfSync");
        found.Resources[0].Status.RequiresPruning.Should().BeTrue();
    }

    [Fact]
    public void An_object_that_carries_a_copied_tracking_id_is_not_managed()
    {
        // as a controller makes it that copies annotations to what it creates
        var found = Compare(Map, LiveMap(), LiveMap(name: "copy"));

        found.Status.Should().Be("Synced");
        found.Resources.Single(resource => resource.Key.Name == "copy").Status.Should().BeEquivalentTo(new { Status = (string?)null, RequiresPruning = false });
    }

    [Fact]
    public void An_owned_object_that_carries_its_owners_tracking_id_is_none_of_the_applications_resources()
    {
        // a Rollout's ReplicaSet has its annotations: its health must not count, for its changes tell the application nothing
        const string owner = "metadata: {ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: a, uid: u}], ";
        var found = Compare(Map, LiveMap(), LiveMap(name: "owned").Replace("metadata: {", owner));

        found.Resources.Should().ContainSingle().Which.Key.Name.Should().Be("a");
    }

    [Fact]
    public void An_object_of_another_application_is_a_shared_resource()
        => Compare(Map, LiveMap(tracking: "other:/ConfigMap:shop/a")).Conditions.Should().ContainSingle()
            .Which.Message.Should().Be("ConfigMap/a is part of applications web and other");

    [Fact]
    public void Without_target_state_everything_is_Unknown()
    {
        var found = Compare(null, LiveMap());
        found.Status.Should().Be("Unknown");
        found.Resources[0].Status.Status.Should().Be("Unknown");
    }

    [Fact]
    public void The_same_object_twice_is_a_warning_and_counts_once()
    {
        var found = Compare($"{Map}\n---\n{Map}");
        found.Resources.Should().ContainSingle();
        found.Conditions.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Type = "RepeatedResourceWarning",
            Message = "Resource /ConfigMap/shop/a appeared 2 times among application resources.",
        });
    }

    [Fact]
    public void Hooks_do_not_count()
    {
        var found = Compare("{apiVersion: batch/v1, kind: Job, metadata: {name: j, annotations: {argocd.argoproj.io/hook: PreSync}}}");
        found.Status.Should().Be("Synced");
        found.Hooks.Should().ContainSingle();
    }

    [Fact]
    public void The_health_of_an_application_is_the_worst_of_its_live_resources_and_names_the_cause()
    {
        var found = Compare(
            Map,
            LiveMap(),
            "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: shop, annotations: {argocd.argoproj.io/tracking-id: \"web:/Pod:shop/p\"}}, status: {phase: Failed}}");
        ApplicationHealth.Of(found.Resources).Should().Be(new HealthStatus("Degraded", "Caused by Pod:shop/p"));
    }
}
