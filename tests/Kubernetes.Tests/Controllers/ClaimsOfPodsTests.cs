using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>Pods wait for their claims in the scheduler, and a StatefulSet's claims go with the pods that are scaled away, if they are to.</summary>
public sealed class ClaimsOfPodsTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_whose_claim_is_missing_or_unbound_is_not_scheduled()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.EventuallyAsync(Resources.StorageClasses, null, "standard", found => found is not null);
        await cluster.ApplyAsync(Yaml.Pod(ns, "reader", """
            { restartPolicy: Never, volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }],
              containers: [{ name: main, image: "alpine:3.8", command: [sh, -c, "exit 0"], volumeMounts: [{ name: d, mountPath: /data }] }] }
            """));
        await WaitsAsync(ns, "0/1 nodes are available: persistentvolumeclaim \"data\" not found.");

        await cluster.ApplyAsync($$"""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: data, namespace: {{ns}} }
            spec: { storageClassName: "", accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
            """);
        await WaitsAsync(ns, "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.");

        var folder = Directory.CreateTempSubdirectory("claims-of-pods-").FullName;
        await cluster.ApplyAsync($$"""
            apiVersion: v1
            kind: PersistentVolume
            metadata: { name: {{ns}}-data }
            spec:
              accessModes: [ReadWriteOnce]
              capacity: { storage: 1Gi }
              hostPath: { path: {{folder}} }
              claimRef: { name: data, namespace: {{ns}} }
            """);
        var pod = await cluster.EventuallyAsync(Resources.Pods, ns, "reader", pod => pod?.Status?.Phase == "Succeeded");
        pod.Status.Conditions.Should().Contain(condition => condition.Type == "PodScheduled" && condition.Status == "True");
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Claims_of_pods_that_are_scaled_away_are_deleted_where_the_set_says_so()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.StatefulSet(ns, "db", "blue", 2) + """

              persistentVolumeClaimRetentionPolicy: { whenScaled: Delete }
              volumeClaimTemplates:
                - metadata: { name: data }
                  spec: { accessModes: [ReadWriteOnce], storageClassName: standard, resources: { requests: { storage: 1Gi } } }
            """);
        await ReadyAsync(ns, 2);
        var first = await cluster.EventuallyAsync(Resources.PersistentVolumeClaims, ns, "data-db-1", claim => claim?.Status?.Phase == "Bound");

        await ScaleAsync(ns, 1);
        await cluster.EventuallyAsync(Resources.PersistentVolumeClaims, ns, "data-db-1", claim => claim is null);
        (await cluster.Client.FindAsync(Resources.PersistentVolumeClaims, ns, "data-db-0", cancel: Cancel))!.Metadata.OwnerReferences.Should().BeNullOrEmpty();

        await ScaleAsync(ns, 2);
        await ReadyAsync(ns, 2);
        var second = await cluster.EventuallyAsync(Resources.PersistentVolumeClaims, ns, "data-db-1", claim => claim?.Status?.Phase == "Bound");
        second.Metadata.Uid.Should().NotBe(first.Metadata.Uid);
    }

    [Fact]
    public async Task A_claim_in_use_outlives_its_deletion_until_its_pod_is_gone()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync($$"""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: data, namespace: {{ns}} }
            spec: { storageClassName: standard, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
            """);
        await cluster.ApplyAsync(Yaml.Pod(ns, "user", """
            { terminationGracePeriodSeconds: 1, volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }],
              containers: [{ name: main, image: "alpine:3.8", command: [sh, -c, "sleep 1000"], volumeMounts: [{ name: d, mountPath: /data }] }] }
            """));
        await cluster.EventuallyAsync(Resources.Pods, ns, "user", pod => pod?.Status?.Phase == "Running");
        var bound = await cluster.EventuallyAsync(Resources.PersistentVolumeClaims, ns, "data", claim => claim?.Status?.Phase == "Bound");
        bound.Metadata.Finalizers.Should().Equal("kubernetes.io/pvc-protection");

        await cluster.Client.DeleteAsync(Resources.PersistentVolumes, null, bound.Spec.VolumeName, cancel: Cancel);
        await cluster.Client.DeleteAsync(Resources.PersistentVolumeClaims, ns, "data", cancel: Cancel);

        // what is held is still there whenever one looks: the pod keeps it, and only the pod
        (await cluster.Client.GetAsync(Resources.PersistentVolumeClaims, ns, "data", cancel: Cancel)).Metadata.DeletionTimestamp.Should().NotBeNull();
        (await cluster.Client.GetAsync(Resources.PersistentVolumes, null, bound.Spec.VolumeName, cancel: Cancel)).Metadata.Finalizers.Should().Equal("kubernetes.io/pv-protection");
        await cluster.Client.DeleteAsync(Resources.Pods, ns, "user", cancel: Cancel);
        await cluster.EventuallyAsync(Resources.PersistentVolumeClaims, ns, "data", claim => claim is null);
        await cluster.EventuallyAsync(Resources.PersistentVolumes, null, bound.Spec.VolumeName, volume => volume is null);
    }

    private Task WaitsAsync(string ns, string message) => cluster.EventuallyAsync(
        Resources.Pods, ns, "reader", pod => pod?.Status?.Conditions?.Any(condition => condition is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" } && condition.Message == message) == true);

    private Task ReadyAsync(string ns, int replicas) => cluster.EventuallyAsync(
        Resources.StatefulSets, ns, "db", set => set?.Status?.ReadyReplicas == replicas && set.Status.Replicas == replicas && set.Status.ObservedGeneration == set.Metadata.Generation);

    private Task ScaleAsync(string ns, int replicas)
        => cluster.Client.PatchAsync(Resources.StatefulSets, ns, "db", Patch.Merge(new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } }));
}
