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

        await cluster.PatchStatusAsync(ns, """{"promoteFull":true}""");
        var healthy = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy && rollout.Status.StableRS != blue);
        healthy.Status.PromoteFull.Should().BeFalse();
        var old = await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{blue}", set => set.Spec.Replicas == 2 && set.Metadata.Annotations.ContainsKey(RolloutsKeys.ScaleDownDeadline));
        var down = await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{blue}", set => set.Spec.Replicas == 0);
        down.Metadata.Annotations.Should().NotContainKey(RolloutsKeys.ScaleDownDeadline);
        cluster.Time.GetUtcNow().Should().BeOnOrAfter(DateTimeOffset.Parse(old.Metadata.Annotations[RolloutsKeys.ScaleDownDeadline]));
    }

    [Fact]
    public async Task The_preview_service_selects_a_new_ReplicaSet_before_it_has_pods()
    {
        var ns = await HealthyAsync();
        var from = await cluster.VersionAsync(Resources.Services, ns);
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green"));
        var hash = (await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused)).Status.CurrentPodHash!;

        var switched = await FirstAsync(Resources.Services, ns, "preview", from, service => service.Spec.Selector[RolloutsKeys.PodTemplateHash] == hash);
        var created = await FirstAsync(Resources.ReplicaSets, ns, $"demo-{hash}", from, _ => true);
        var scaled = await FirstAsync(Resources.ReplicaSets, ns, $"demo-{hash}", from, set => set.Spec.Replicas > 0);
        created.Spec.Replicas.Should().Be(0);
        Version(created).Should().BeLessThan(Version(switched));
        Version(switched).Should().BeLessThan(Version(scaled));
    }

    [Fact]
    public async Task An_abort_keeps_the_active_version_and_takes_the_preview_down_after_its_delay()
    {
        var ns = await HealthyAsync();
        var blue = (await cluster.RolloutAsync(ns, "demo", _ => true)).Status.StableRS;
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green"));
        var green = (await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused)).Status.CurrentPodHash;

        await cluster.PatchStatusAsync(ns, """{"abort":true}""");

        var aborted = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Degraded);
        aborted.Status.Message.Should().Be("RolloutAborted: Rollout aborted update to revision 2");
        aborted.Status.AbortedAt.Should().NotBeNull();
        aborted.Status.PauseConditions.Should().BeNull();
        aborted.Status.BlueGreen.ActiveSelector.Should().Be(blue);
        await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{green}", set => set.Spec.Replicas == 2 && set.Metadata.Annotations.ContainsKey(RolloutsKeys.ScaleDownDeadline));
        await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{green}", set => set.Spec.Replicas == 0 && set.Status.Replicas == 0);

        await cluster.PatchStatusAsync(ns, """{"abort":false}""");
        var paused = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused);
        paused.Status.CurrentPodHash.Should().Be(green);
        await cluster.PatchStatusAsync(ns, """{"pauseConditions":null}""");
        var promoted = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy);
        promoted.Status.StableRS.Should().Be(green);
        promoted.Status.ControllerPause.Should().BeFalse();
    }

    [Fact]
    public async Task Going_back_inside_the_scaleDownDelay_skips_the_pause_and_reuses_the_old_ReplicaSet()
    {
        var ns = await HealthyAsync("autoPromotionEnabled: false, scaleDownDelaySeconds: 600");
        var blue = (await cluster.RolloutAsync(ns, "demo", _ => true)).Status.StableRS;
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green", "autoPromotionEnabled: false, scaleDownDelaySeconds: 600"));
        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused);
        await cluster.PatchStatusAsync(ns, """{"pauseConditions":null}""");
        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy && rollout.Status.StableRS != blue);
        await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{blue}", set => set.Metadata.Annotations.ContainsKey(RolloutsKeys.ScaleDownDeadline));

        await cluster.ApplyAsync(ns, Demo.BlueGreen("blue", "autoPromotionEnabled: false, scaleDownDelaySeconds: 600"));

        var back = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase is RolloutPhase.Paused || rollout.Status.StableRS == blue);
        back.Status.Phase.Should().NotBe(RolloutPhase.Paused);
        (await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy && rollout.Status.StableRS == blue))
            .Metadata.Annotations[RolloutsKeys.Revision].Should().Be("3");
        (await cluster.ListAsync(Resources.ReplicaSets, ns)).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_small_preview_grows_only_when_it_was_accepted()
    {
        var ns = await HealthyAsync();
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green", "autoPromotionEnabled: false, previewReplicaCount: 1"));
        var paused = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused);
        var green = $"demo-{paused.Status.CurrentPodHash}";
        (await cluster.EventuallyAsync(Resources.ReplicaSets, ns, green, _ => true)).Spec.Replicas.Should().Be(1);

        await cluster.PatchStatusAsync(ns, """{"pauseConditions":null}""");

        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy && rollout.Status.StableRS == paused.Status.CurrentPodHash);
        (await cluster.EventuallyAsync(Resources.ReplicaSets, ns, green, _ => true)).Spec.Replicas.Should().Be(2);
    }

    [Fact]
    public async Task AutoPromotionSeconds_promotes_by_itself()
    {
        var ns = await HealthyAsync("autoPromotionSeconds: 20");
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green", "autoPromotionSeconds: 20"));
        var paused = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused);

        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.StableRS == paused.Status.CurrentPodHash);

        cluster.Time.GetUtcNow().UtcDateTime.Should().BeOnOrAfter(paused.Status.PauseConditions![0].StartTime.AddSeconds(20));
    }

    [Fact]
    public async Task A_long_pause_is_never_taken_for_a_lack_of_progress()
    {
        var ns = await HealthyAsync();
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green", spec: "  progressDeadlineSeconds: 5"));
        var paused = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused);
        var until = paused.Status.PauseConditions![0].StartTime.AddSeconds(20);
        await Task.Delay(until - cluster.Time.GetUtcNow().UtcDateTime, cluster.Time, TestContext.Current.CancellationToken);

        await cluster.PatchStatusAsync(ns, """{"pauseConditions":null}""");

        var phases = new List<string?>();
        await foreach (var change in cluster.Client.WatchAsync(RolloutsResources.Rollouts, ns, new ListOptions { ResourceVersion = paused.Metadata.ResourceVersion }, TestContext.Current.CancellationToken))
        {
            phases.Add(change.Object.Status.Phase);
            if (change.Kind != WatchEventKind.Bookmark && change.Object.Status is { Phase: RolloutPhase.Healthy } status && status.StableRS == paused.Status.CurrentPodHash)
            {
                break;
            }
        }

        phases.Should().NotContain(RolloutPhase.Degraded);
    }

    [Fact]
    public async Task An_image_that_does_not_exist_runs_into_the_deadline_and_aborts_when_asked_to()
    {
        var ns = await HealthyAsync();
        await cluster.ApplyAsync(ns, Demo.BlueGreen("plaid", spec: "  progressDeadlineSeconds: 30\n  progressDeadlineAbort: true"));

        var degraded = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status is { Phase: RolloutPhase.Degraded, Abort: true });

        var set = $"demo-{degraded.Status.CurrentPodHash}";
        var progressing = degraded.Status.Conditions!.Single(condition => condition.Type == RolloutConditionType.Progressing);
        progressing.Message.Should().Contain($"ReplicaSet \"{set}\" has timed out progressing.");
        degraded.Status.BlueGreen.ActiveSelector.Should().NotBe(degraded.Status.CurrentPodHash);
    }

    [Fact]
    public async Task Only_as_many_old_ReplicaSets_stay_as_the_history_allows()
    {
        var ns = await HealthyAsync("scaleDownDelaySeconds: 1");
        foreach (var tag in new[] { "green", "yellow", "orange" })
        {
            var before = (await cluster.RolloutAsync(ns, "demo", _ => true)).Status.StableRS;
            await cluster.ApplyAsync(ns, Demo.BlueGreen(tag, "scaleDownDelaySeconds: 1", spec: "  revisionHistoryLimit: 1"));
            await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy && rollout.Status.StableRS != before);
        }

        var stable = (await cluster.RolloutAsync(ns, "demo", _ => true)).Status.StableRS;
        await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{stable}", _ => true);
        await AtMostAsync(ns, 2);
    }

    [Fact]
    public async Task Scaling_a_paused_rollout_scales_both_ReplicaSets_and_keeps_the_pause()
    {
        var ns = await HealthyAsync();
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green"));
        var paused = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused);

        await cluster.PatchAsync(ns, """{"spec":{"replicas":3}}""");

        foreach (var hash in new[] { paused.Status.StableRS, paused.Status.CurrentPodHash })
        {
            await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{hash}", set => set.Spec.Replicas == 3 && set.Metadata.Annotations[RolloutsKeys.DesiredReplicas] == "3");
        }

        var after = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused && rollout.Status.AvailableReplicas == 3);
        after.Status.PauseConditions.Should().BeEquivalentTo(paused.Status.PauseConditions);
    }

    [Fact]
    public async Task A_service_is_given_back_when_its_rollout_is_gone()
    {
        var ns = await HealthyAsync();

        await cluster.DeleteAsync(ns);

        var service = await cluster.EventuallyAsync(Resources.Services, ns, "active", service => !service.Spec.Selector.ContainsKey(RolloutsKeys.PodTemplateHash));
        (service.Metadata.Annotations ?? new Dictionary<string, string>()).Should().NotContainKey(RolloutsKeys.ManagedByRollouts);
    }

    private async Task AtMostAsync(string ns, int count)
    {
        var list = await cluster.Client.ListAsync(Resources.ReplicaSets, ns, cancel: TestContext.Current.CancellationToken);
        var names = list.Items.Select(set => set.Metadata.Name).ToHashSet();
        if (names.Count > count)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
            await foreach (var change in cluster.Client.WatchAsync(Resources.ReplicaSets, ns, new ListOptions { ResourceVersion = list.ResourceVersion }, patience.Token))
            {
                if (change.Kind == WatchEventKind.Deleted && names.Remove(change.Object.Metadata.Name) && names.Count <= count)
                {
                    break;
                }
            }
        }

        names.Should().HaveCount(count);
    }

    private async Task<T> FirstAsync<T>(Resource<T> resource, string ns, string name, string from, Func<T, bool> wanted)
        where T : class, k8s.IKubernetesObject<V1ObjectMeta>
    {
        await foreach (var change in cluster.Client.WatchAsync(resource, ns, new ListOptions { ResourceVersion = from }, TestContext.Current.CancellationToken))
        {
            if (change.Kind != WatchEventKind.Bookmark && change.Object.Metadata.Name == name && wanted(change.Object))
            {
                return change.Object;
            }
        }

        throw new InvalidOperationException("the watch ended");
    }

    private static long Version(k8s.IKubernetesObject<V1ObjectMeta> @object) => long.Parse(@object.Metadata.ResourceVersion);

    private async Task<string> HealthyAsync(string more = "autoPromotionEnabled: false")
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.Services);
        await cluster.ApplyAsync(ns, Demo.BlueGreen("blue", more));
        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy);
        return ns;
    }
}
