using k8s;

namespace Kubernetes.Controllers;

/// <summary>Deep copies: what comes out of a cache is shared and must not be changed.</summary>
internal static class Copy
{
    public static T Of<T>(T @object) => KubernetesJson.Deserialize<T>(KubernetesJson.Serialize(@object));
}
