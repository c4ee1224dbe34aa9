using ArgoRollouts.Models;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.Tests.Cluster;

/// <summary>Canary against a real API server and a node.</summary>
public sealed class CanaryTests(RolloutsCluster cluster)
{
    private const string OnePause = "{ setWeight: 20 }, { pause: {} }";

    [Fact]
    public async Task A_canary_pauses_at_its_weight_and_goes_on_when_resumed()
    {
        var ns = await HealthyAsync(OnePause);
        var blue = (await RolloutAsync(ns, _ => true)).Status.StableRS;
        await cluster.ApplyAsync(ns, Demo.Canary("green", OnePause));

        var paused = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Paused);
        paused.Status.Message.Should().Be("CanaryPauseStep");
        paused.Status.CurrentStepIndex.Should().Be(1);
        await SizesAsync(ns, blue!, 4, paused.Status.CurrentPodHash!, 1);

        await cluster.PatchStatusAsync(ns, """{"pauseConditions":null}""");
        var healthy = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Healthy);
        healthy.Status.StableRS.Should().Be(paused.Status.CurrentPodHash);
        healthy.Status.CurrentStepIndex.Should().Be(2);
        healthy.Status.ControllerPause.Should().BeFalse();
        await SizesAsync(ns, blue!, 0, healthy.Status.StableRS!, 5);
        var events = await cluster.ListAsync(Resources.Events, ns);
        events.Where(told => told.InvolvedObject.Name == "demo").Select(told => told.Message).Should().Contain(
            ["Rollout step 1/2 completed (setWeight: 20)", "Rollout is paused (CanaryPauseStep)", "Rollout step 2/2 completed (pause)",
             $"Rollout completed update to revision 2 ({healthy.Status.StableRS}): Completed all 2 canary steps"]);
    }

    [Fact]
    public async Task Timed_pauses_pass_by_themselves_and_availability_never_falls_below_the_limit()
    {
        const string steps = "{ setWeight: 20 }, { pause: { duration: 10s } }, { setWeight: 60 }, { pause: { duration: 5 } }";
        var ns = await HealthyAsync(steps);
        var from = await cluster.VersionAsync(RolloutsResources.Rollouts, ns);
        await cluster.ApplyAsync(ns, Demo.Canary("green", steps));

        var indexes = new List<int?>();
        await foreach (var change in cluster.Client.WatchAsync(RolloutsResources.Rollouts, ns, new ListOptions { ResourceVersion = from }, TestContext.Current.CancellationToken))
        {
            if (change.Kind == WatchEventKind.Bookmark)
            {
                continue;
            }

            var status = change.Object.Status;
            status.AvailableReplicas.Should().BeGreaterThanOrEqualTo(4, "maxUnavailable is 25% of 5");
            status.Phase.Should().NotBe(RolloutPhase.Degraded);
            if (indexes.LastOrDefault() != status.CurrentStepIndex)
            {
                indexes.Add(status.CurrentStepIndex);
            }

            if (status is { Phase: RolloutPhase.Healthy, ObservedGeneration: "2" })
            {
                break;
            }
        }

        indexes.SkipWhile(index => index == 4).Should().Equal(0, 1, 2, 3, 4);
    }

    [Fact]
    public async Task PromoteFull_skips_what_is_left()
    {
        var ns = await HealthyAsync(OnePause);
        await cluster.ApplyAsync(ns, Demo.Canary("green", OnePause + ", { setWeight: 40 }, { pause: {} }"));
        var paused = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Paused);

        await cluster.PatchStatusAsync(ns, """{"promoteFull":true}""");

        var healthy = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Healthy);
        healthy.Status.StableRS.Should().Be(paused.Status.CurrentPodHash);
        healthy.Status.CurrentStepIndex.Should().Be(4);
        healthy.Status.PromoteFull.Should().BeFalse();
    }

    [Fact]
    public async Task An_abort_returns_to_stable_and_a_retry_starts_over()
    {
        var ns = await HealthyAsync(OnePause);
        var blue = (await RolloutAsync(ns, _ => true)).Status.StableRS;
        await cluster.ApplyAsync(ns, Demo.Canary("green", OnePause));
        var paused = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Paused);

        await cluster.PatchStatusAsync(ns, """{"abort":true}""");
        var aborted = await RolloutAsync(ns, rollout => rollout.Status is { Phase: RolloutPhase.Degraded, CurrentStepIndex: 0 });
        aborted.Status.Message.Should().Be("RolloutAborted: Rollout aborted update to revision 2");
        aborted.Status.StableRS.Should().Be(blue);
        await SizesAsync(ns, blue!, 5, paused.Status.CurrentPodHash!, 0);

        await cluster.PatchStatusAsync(ns, """{"abort":false}""");
        var again = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Paused);
        again.Status.CurrentStepIndex.Should().Be(1);
        again.Status.CurrentPodHash.Should().Be(paused.Status.CurrentPodHash);
    }

    [Fact]
    public async Task A_new_template_midway_supersedes_the_update()
    {
        var ns = await HealthyAsync(OnePause);
        await cluster.ApplyAsync(ns, Demo.Canary("green", OnePause));
        var second = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Paused);

        await cluster.ApplyAsync(ns, Demo.Canary("yellow", OnePause));

        var third = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Paused && rollout.Status.CurrentPodHash != second.Status.CurrentPodHash);
        third.Status.CurrentStepIndex.Should().Be(1);
        await SizesAsync(ns, second.Status.CurrentPodHash!, 0, third.Status.CurrentPodHash!, 1);
        await cluster.PatchStatusAsync(ns, """{"pauseConditions":null}""");
        (await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Healthy)).Status.StableRS.Should().Be(third.Status.CurrentPodHash);
    }

    [Fact]
    public async Task Back_to_stable_midway_skips_the_steps()
    {
        var ns = await HealthyAsync(OnePause);
        var blue = (await RolloutAsync(ns, _ => true)).Status.StableRS;
        await cluster.ApplyAsync(ns, Demo.Canary("green", OnePause));
        await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Paused);

        await cluster.ApplyAsync(ns, Demo.Canary("blue", OnePause));

        var healthy = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Healthy);
        healthy.Status.StableRS.Should().Be(blue);
        healthy.Status.CurrentStepIndex.Should().Be(2);
        healthy.Status.PauseConditions.Should().BeNull();
        (await cluster.ListAsync(Resources.Events, ns)).Should().Contain(told => told.Reason == "SkipSteps" && told.Message == "Rollback to stable ReplicaSets");
    }

    [Fact]
    public async Task Canary_and_stable_service_select_their_pods_and_return_to_stable_on_an_abort()
    {
        const string services = "stableService: active, canaryService: preview";
        var ns = await HealthyAsync(OnePause, services);
        var blue = (await RolloutAsync(ns, _ => true)).Status.StableRS;
        await cluster.ApplyAsync(ns, Demo.Canary("green", OnePause, more: services));
        var paused = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Paused);
        await SelectsAsync(ns, "active", blue!);
        await SelectsAsync(ns, "preview", paused.Status.CurrentPodHash!);

        await cluster.PatchStatusAsync(ns, """{"abort":true}""");

        await SelectsAsync(ns, "preview", blue!);
    }

    [Fact]
    public async Task Nginx_gets_a_canary_ingress_with_the_weight_of_the_step()
    {
        const string routing = "stableService: active, canaryService: preview, trafficRouting: { nginx: { stableIngress: web } }";
        const string steps = "{ setWeight: 20 }, { pause: {} }";
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.Services);
        await cluster.ApplyAsync(ns, """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: { name: web }
            spec:
              ingressClassName: nginx
              rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: active, port: { number: 80 } } } }] } }]
            """);
        await cluster.ApplyAsync(ns, Demo.Canary("blue", steps, more: routing));
        var blue = (await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Healthy)).Status.StableRS;
        await WeightAsync(ns, "0");

        await cluster.ApplyAsync(ns, Demo.Canary("green", steps, more: routing));
        var paused = await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Paused);
        paused.Status.Canary.Weights.Should().BeEquivalentTo(new TrafficWeights
        {
            Canary = new WeightDestination { Weight = 20, ServiceName = "preview", PodTemplateHash = paused.Status.CurrentPodHash },
            Stable = new WeightDestination { Weight = 80, ServiceName = "active", PodTemplateHash = blue },
        });
        await WeightAsync(ns, "20");
        await SizesAsync(ns, blue!, 5, paused.Status.CurrentPodHash!, 1);

        await cluster.PatchStatusAsync(ns, """{"pauseConditions":null}""");
        await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Healthy && rollout.Status.StableRS == paused.Status.CurrentPodHash);
        await SelectsAsync(ns, "active", paused.Status.CurrentPodHash!);
        await WeightAsync(ns, "0");
        await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{blue}", set => set.Spec.Replicas == 0);
    }

    [Fact]
    public async Task A_restart_replaces_every_pod_and_none_of_the_ReplicaSets()
    {
        var ns = await HealthyAsync(OnePause);
        var before = (await cluster.ListAsync(Resources.Pods, ns)).Select(pod => pod.Metadata.Uid).ToHashSet();
        var at = MetaTimeConverter.Text(MetaTimeConverter.Cut(cluster.Time.GetUtcNow()).AddSeconds(1));

        await cluster.PatchAsync(ns, $"{{\"spec\":{{\"restartAt\":\"{at}\"}}}}");

        await RolloutAsync(ns, rollout => rollout.Status is { Phase: RolloutPhase.Healthy, RestartedAt: not null });
        (await cluster.ListAsync(Resources.Pods, ns)).Where(pod => pod.Metadata.DeletionTimestamp is null).Should().HaveCount(5).And.NotContain(pod => before.Contains(pod.Metadata.Uid));
        (await cluster.ListAsync(Resources.ReplicaSets, ns)).Should().ContainSingle();
    }

    private async Task<string> HealthyAsync(string steps, string more = "")
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.Services);
        await cluster.ApplyAsync(ns, Demo.Canary("blue", steps, more: more));
        await RolloutAsync(ns, rollout => rollout.Status.Phase == RolloutPhase.Healthy);
        return ns;
    }

    // what was applied was observed: a status before that says nothing about it
    private Task<Rollout> RolloutAsync(string ns, Func<Rollout, bool> wanted)
        => cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.ObservedGeneration == rollout.Metadata.Generation?.ToString() && wanted(rollout));

    private async Task SizesAsync(string ns, string old, int oldReplicas, string @new, int newReplicas)
    {
        await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{@new}", set => set.Spec.Replicas == newReplicas && (set.Status.AvailableReplicas ?? 0) == newReplicas);
        await cluster.EventuallyAsync(Resources.ReplicaSets, ns, $"demo-{old}", set => set.Spec.Replicas == oldReplicas && (set.Status.Replicas == oldReplicas));
    }

    private Task SelectsAsync(string ns, string service, string hash)
        => cluster.EventuallyAsync(Resources.Services, ns, service, found => found.Spec.Selector.TryGetValue(RolloutsKeys.PodTemplateHash, out var value) && value == hash);

    private Task WeightAsync(string ns, string weight)
        => cluster.EventuallyAsync(Resources.Ingresses, ns, "demo-web-canary", ingress => ingress.Metadata.Annotations["nginx.ingress.kubernetes.io/canary-weight"] == weight);
}
