using System.Net;
using System.Net.Sockets;
using ArgoRollouts.Models;
using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;
using EmbeddedCluster;
using EmbeddedCluster.Installing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArgoRollouts.Tests.Cluster;

/// <summary>Two replicas of the controller in a cluster of their own: one leads, and what it leaves unfinished the other finishes.</summary>
public sealed class SuccessionTests
{
    [Fact]
    public async Task A_successor_carries_on_and_makes_nothing_twice()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var cluster = await EmbeddedCluster.Cluster.StartAsync(new ClusterOptions { WithStack = false, Speed = 30 }, stop);
        var installer = new Installer(cluster.Client);
        var platform = ManifestReader.ReadFolder(Path.Combine(Repository.Root, "manifests", "platform", "argo-rollouts"));
        await installer.ApplyAsync(platform.Where(manifest => manifest.Kind != "Deployment"), stop);
        var metrics = new IPEndPoint(IPAddress.Loopback, FreePort());
        var health = new IPEndPoint(IPAddress.Loopback, FreePort());
        using var first = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var second = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var leader = RolloutsController.RunAsync(Options(cluster, "first"), first.Token);
        await HolderAsync(cluster, "first", stop);
        var standby = RolloutsController.RunAsync(Options(cluster, "second") with { Metrics = metrics, Health = health }, second.Token);
        await installer.ApplyAsync(ManifestReader.Read(Demo.Services, "test"), stop);
        await installer.ApplyAsync(ManifestReader.Read(Demo.Canary("blue", "{ setWeight: 20 }, { setWeight: 60 }"), "test"), stop);
        await RolloutAsync(cluster, rollout => rollout.Status.Phase == RolloutPhase.Healthy, stop);

        await installer.ApplyAsync(ManifestReader.Read(Demo.Canary("green", "{ setWeight: 20 }, { setWeight: 60 }"), "test"), stop);
        await RolloutAsync(cluster, rollout => rollout.Metadata.Annotations[RolloutsKeys.Revision] == "2", stop);
        await first.CancelAsync();
        await leader;

        await HolderAsync(cluster, "second", stop);
        var healthy = await RolloutAsync(cluster, rollout => rollout.Status is { Phase: RolloutPhase.Healthy, ObservedGeneration: "2", CurrentStepIndex: 2 }, stop);
        healthy.Metadata.Annotations[RolloutsKeys.Revision].Should().Be("2");
        (await cluster.Client.ListAsync(Resources.ReplicaSets, "default", cancel: stop)).Items.Should().HaveCount(2);

        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri($"http://{health}/healthz"), stop)).Should().Be("ok");
        (await http.GetStringAsync(new Uri($"http://{metrics}/metrics"), stop)).Should()
            .Contain("""rollout_info{namespace="default",name="demo",strategy="canary",traffic_router="",phase="Completed"} 1""")
            .And.Contain("""rollout_info_replicas_available{namespace="default",name="demo"} 5""")
            .And.Contain("argo_rollouts_controller_info{version=\"v1.9.1\"} 1")
            .And.MatchRegex("""controller_clientset_k8s_request_total\{kind="rollouts",namespace="default",name="demo",verb="Patch",status_code="200"\} \d+""");
        await second.CancelAsync();
        await standby;
    }

    private static RolloutsOptions Options(EmbeddedCluster.Cluster cluster, string pod) => new()
    {
        Configuration = cluster.Api.ConfigurationFor("argo-rollouts", "argo-rollouts"),
        PodName = pod,
        Time = cluster.Time,
        Loggers = NullLoggerFactory.Instance,
    };

    private static Task<Rollout> RolloutAsync(EmbeddedCluster.Cluster cluster, Func<Rollout, bool> wanted, CancellationToken stop)
        => EventuallyAsync(cluster, RolloutsResources.Rollouts, "default", "demo", wanted, stop);

    private static Task HolderAsync(EmbeddedCluster.Cluster cluster, string pod, CancellationToken stop)
        => EventuallyAsync(cluster, Resources.Leases, "argo-rollouts", RolloutsController.LeaseName, lease => lease.Spec.HolderIdentity == pod, stop);

    private static async Task<T> EventuallyAsync<T>(EmbeddedCluster.Cluster cluster, Resource<T> resource, string ns, string name, Func<T, bool> wanted, CancellationToken stop)
        where T : class, k8s.IKubernetesObject<k8s.Models.V1ObjectMeta>
    {
        var list = await cluster.Client.ListAsync(resource, ns, cancel: stop);
        if (list.Items.FirstOrDefault(item => item.Metadata.Name == name) is { } found && wanted(found))
        {
            return found;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        await foreach (var change in cluster.Client.WatchAsync(resource, ns, new ListOptions { ResourceVersion = list.ResourceVersion }, either.Token))
        {
            if (change.Kind != WatchEventKind.Bookmark && change.Object.Metadata.Name == name && wanted(change.Object))
            {
                return change.Object;
            }
        }

        throw new InvalidOperationException("the watch ended");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
