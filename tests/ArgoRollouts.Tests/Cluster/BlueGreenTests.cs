using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.Tests.Cluster;

/// <summary>Blue/green against a real API server and a node.</summary>
public sealed class BlueGreenTests(RolloutsCluster cluster)
{
    [Fact]
    public async Task A_first_deployment_becomes_healthy_and_both_services_select_it()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.Services);
        await cluster.ApplyAsync(ns, Demo.BlueGreen("blue"));

        var healthy = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy);

        healthy.Status.StableRS.Should().Be(healthy.Status.CurrentPodHash).And.NotBeNullOrEmpty();
        healthy.Status.BlueGreen.ActiveSelector.Should().Be(healthy.Status.StableRS);
        healthy.Status.BlueGreen.PreviewSelector.Should().Be(healthy.Status.StableRS);
        healthy.Status.HPAReplicas.Should().Be(2);
        healthy.Metadata.Annotations[RolloutsKeys.Revision].Should().Be("1");
    }

    [Fact]
    public async Task An_update_pauses_is_promoted_and_scales_the_old_down_after_its_delay()
    {
        var ns = await HealthyAsync();
        var blue = (await cluster.RolloutAsync(ns, "demo", _ => true)).Status.CurrentPodHash;
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green"));

        var paused = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused);
        paused.Status.Message.Should().Be("BlueGreenPause");
        paused.Status.StableRS.Should().Be(blue);
        paused.Status.BlueGreen.ActiveSelector.Should().Be(blue);
        paused.Status.BlueGreen.PreviewSelector.Should().Be(paused.Status.CurrentPodHash).And.NotBe(blue);
        paused.Status.ControllerPause.Should().BeTrue();

        await StatusAsync(ns, """{"promoteFull":true}""");
        var healthy = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy && rollout.Status.StableRS != blue);
        healthy.Status.PromoteFull.Should().BeFalse();
        var old = await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{blue}", set => set.Spec.Replicas == 2 && set.Metadata.Annotations.ContainsKey(RolloutsKeys.ScaleDownDeadline));
        var down = await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{blue}", set => set.Spec.Replicas == 0);
        down.Metadata.Annotations.Should().NotContainKey(RolloutsKeys.ScaleDownDeadline);
        cluster.Time.GetUtcNow().Should().BeOnOrAfter(DateTimeOffset.Parse(old.Metadata.Annotations[RolloutsKeys.ScaleDownDeadline]));
    }

    private async Task<string> HealthyAsync(string more = "autoPromotionEnabled: false")
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.Services);
        await cluster.ApplyAsync(ns, Demo.BlueGreen("blue", more));
        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy);
        return ns;
    }

    private Task<Rollout> StatusAsync(string ns, string status)
        => cluster.Client.PatchAsync(RolloutsResources.Rollouts, ns, "demo", Patch.Merge(new JsonObject { ["status"] = JsonNode.Parse(status) }), "status");
}
