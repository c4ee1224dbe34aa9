using k8s;
using k8s.Models;

namespace EmbeddedCluster;

/// <summary>
/// The official client compiles its serializer at first use, which takes longer than anything else at start. Done beside the start of
/// the API server, it costs a two-core machine nothing.
/// </summary>
internal static class WarmUp
{
    private const string AnyObject = """{"metadata":{"name":"a","creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{},"status":{}}""";

    public static Task StartAsync() => Task.Run(() =>
    {
        Touch<V1Pod>();
        Touch<V1Deployment>();
        Touch<V1ReplicaSet>();
        Touch<V1Service>();
        Touch<V1EndpointSlice>();
        Touch<V1CustomResourceDefinition>();
    });

    private static void Touch<T>() => KubernetesJson.Serialize(KubernetesJson.Deserialize<T>(AnyObject)!);
}
