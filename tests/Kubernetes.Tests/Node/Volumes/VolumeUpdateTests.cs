using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Node.Volumes;

/// <summary>What a running container sees of later changes of its ConfigMaps and Secrets, and when it starts that one is missing.</summary>
public sealed class VolumeUpdateTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Later_changes_reach_volumes_but_neither_subpaths_nor_the_environment()
    {
        var ns = await cluster.NamespaceAsync();
        await MapAsync(ns, "settings", "one");
        await cluster.Client.CreateAsync(Resources.Secrets, new V1Secret { Metadata = Named(ns, "keys"), StringData = new Dictionary<string, string> { ["key"] = "one" } }, cancel: Cancel);
        // arguments are where a process finds its mounts: $1 the map, $2 the file of it that is mounted by itself, $3 the projected volume
        await cluster.ApplyAsync(Yaml.Pod(ns, "reader", """
            { restartPolicy: Never, terminationGracePeriodSeconds: 1,
              volumes: [
                { name: map, configMap: { name: settings } },
                { name: both, projected: { sources: [{ configMap: { name: settings } }, { secret: { name: keys } }] } }],
              containers: [{ name: main, image: "alpine:3.8", env: [{ name: WORD, valueFrom: { configMapKeyRef: { name: settings, key: word } } }],
                command: [sh, -c, "until grep -q two $1/word && grep -q two $3/word && grep -q two $3/key && ! test -e $1/gone; do sleep 0.05; done; echo $WORD $(cat $2) $(cat $1/new)",
                          sh, /map, /alone, /both],
                volumeMounts: [{ name: map, mountPath: /map }, { name: map, mountPath: /alone, subPath: word }, { name: both, mountPath: /both }] }] }
            """));
        await cluster.EventuallyAsync(Resources.Pods, ns, "reader", pod => pod?.Status?.Phase == "Running");

        await cluster.Client.PatchAsync(Resources.ConfigMaps, ns, "settings", Patch.Merge(Json("""{"data":{"word":"two","new":"there","gone":null}}""")), cancel: Cancel);
        await cluster.Client.PatchAsync(Resources.Secrets, ns, "keys", Patch.Merge(Json("""{"stringData":{"key":"two"}}""")), cancel: Cancel);

        await cluster.EventuallyAsync(Resources.Pods, ns, "reader", pod => pod?.Status?.Phase == "Succeeded");
        (await cluster.Client.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{ns}/pods/reader/log", null, cancel: Cancel)).Should().Be("one one there\n");
    }

    [Fact]
    public async Task A_container_starts_when_the_map_that_it_waits_for_is_made()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Shell(ns, "waiting", "echo $WORD", container: "env: [{ name: WORD, valueFrom: { configMapKeyRef: { name: settings, key: word } } }]"));
        await cluster.EventuallyAsync(
            Resources.Pods, ns, "waiting", pod => pod?.Status?.ContainerStatuses?[0].State.Waiting is { Reason: "CreateContainerConfigError", Message: "configmap \"settings\" not found" });

        await MapAsync(ns, "settings", "one");

        await cluster.EventuallyAsync(Resources.Pods, ns, "waiting", pod => pod?.Status?.Phase == "Succeeded");
        (await cluster.Client.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{ns}/pods/waiting/log", null, cancel: Cancel)).Should().Be("one\n");
    }

    private Task<V1ConfigMap> MapAsync(string ns, string name, string word)
        => cluster.Client.CreateAsync(Resources.ConfigMaps, new V1ConfigMap { Metadata = Named(ns, name), Data = new Dictionary<string, string> { ["word"] = word, ["gone"] = "" } });

    private static V1ObjectMeta Named(string ns, string name) => new() { Name = name, NamespaceProperty = ns };

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
