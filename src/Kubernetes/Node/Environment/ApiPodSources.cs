using Controllers.Runtime.Client;
using k8s.Models;

namespace Kubernetes.Node.Environment;

/// <summary>Reads ConfigMaps and Secrets from the API when a container starts, as the kubelet does.</summary>
internal sealed class ApiPodSources(ApiClient client) : IPodSources
{
    public Task<V1ConfigMap?> ConfigMapAsync(string @namespace, string name, CancellationToken cancel)
        => client.FindAsync(Resources.ConfigMaps, @namespace, name, cancel);

    public Task<V1Secret?> SecretAsync(string @namespace, string name, CancellationToken cancel)
        => client.FindAsync(Resources.Secrets, @namespace, name, cancel);
}
