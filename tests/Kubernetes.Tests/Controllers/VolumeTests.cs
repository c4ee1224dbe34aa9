using Controllers.Runtime.Client;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>Claims, their volumes, and what processes keep in them.</summary>
public sealed class VolumeTests(TestCluster cluster)
{
    [Fact]
    public async Task Data_outlives_the_pod_and_goes_with_the_claim()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.EventuallyAsync(Resources.StorageClasses, null, "standard", found => found is not null);
        await cluster.ApplyAsync($$"""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: data, namespace: {{ns}} }
            spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
            """);
        var claim = await cluster.EventuallyAsync(Resources.PersistentVolumeClaims, ns, "data", found => found?.Status?.Phase == "Bound");
        claim.Spec.StorageClassName.Should().Be("standard");
        var volume = await cluster.EventuallyAsync(Resources.PersistentVolumes, null, claim.Spec.VolumeName, found => found?.Status?.Phase == "Bound");
        await RunAsync(ns, "writer", "cp /etc/hostname /data/kept");

        await RunAsync(ns, "reader", "test -e /data/kept");

        (await cluster.KubectlAsync(ns, "get", "pvc")).Should().MatchRegex(
            @"NAME +STATUS +VOLUME +CAPACITY +ACCESS MODES +STORAGECLASS +VOLUMEATTRIBUTESCLASS +AGE\s+data +Bound +pvc-[-0-9a-f]+ +1Gi +RWO +standard +<unset>");
        (await cluster.KubectlAsync(ns, "get", "pv", volume.Metadata.Name)).Should().MatchRegex($@"NAME +CAPACITY +ACCESS MODES +RECLAIM POLICY +STATUS +CLAIM +STORAGECLASS .*\s+{volume.Metadata.Name} +1Gi +RWO +Delete +Bound +{ns}/data");
        (await cluster.KubectlAsync(ns, "get", "sc")).Should().Contain("standard (default)");
        (await cluster.KubectlAsync(ns, "describe", "pvc", "data")).Should().Contain("ProvisioningSucceeded");
        (await cluster.KubectlAsync(ns, "delete", "pod", "--all")).Should().Contain("deleted"); // a finished pod uses its claim, too
        (await cluster.KubectlAsync(ns, "delete", "pvc", "data")).Should().Contain("deleted");
        await cluster.EventuallyAsync(Resources.PersistentVolumes, null, volume.Metadata.Name, found => found is null);
    }

    // each word of the command is a path of its own: a process sees the mounted folder in its place
    private async Task RunAsync(string ns, string name, string command)
    {
        var words = string.Join(", ", command.Split(' ').Select(word => $"\"{word}\""));
        await cluster.ApplyAsync(Yaml.Pod(ns, name, $$"""
            { restartPolicy: Never, volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }],
              containers: [{ name: main, image: "alpine:3.8", command: [{{words}}], volumeMounts: [{ name: d, mountPath: /data }] }] }
            """));
        await cluster.EventuallyAsync(Resources.Pods, ns, name, pod => pod?.Status?.Phase == "Succeeded");
    }
}
