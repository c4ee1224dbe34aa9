using k8s.Models;

namespace Kubernetes.Node.Environment;

/// <summary>Where containers take configuration from: null when the object does not exist.</summary>
internal interface IPodSources
{
    Task<V1ConfigMap?> ConfigMapAsync(string @namespace, string name, CancellationToken cancel);

    Task<V1Secret?> SecretAsync(string @namespace, string name, CancellationToken cancel);

    /// <summary>The folder behind a claim; null while the claim has no volume.</summary>
    Task<string?> ClaimFolderAsync(string @namespace, string claim, CancellationToken cancel);

    /// <summary>A token of the pod's service account, bound to the pod (TokenRequest).</summary>
    Task<string> TokenAsync(V1Pod pod, V1ServiceAccountTokenProjection projection, CancellationToken cancel);
}
