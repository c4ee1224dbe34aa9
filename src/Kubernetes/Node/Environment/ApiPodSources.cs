using Controllers.Runtime.Client;
using k8s;
using k8s.Models;

namespace Kubernetes.Node.Environment;

/// <summary>Reads ConfigMaps and Secrets from the API when a container starts, as the kubelet does.</summary>
internal sealed class ApiPodSources(ApiClient client) : IPodSources
{
    public Task<V1ConfigMap?> ConfigMapAsync(string @namespace, string name, CancellationToken cancel)
        => client.FindAsync(Resources.ConfigMaps, @namespace, name, cancel);

    public Task<V1Secret?> SecretAsync(string @namespace, string name, CancellationToken cancel)
        => client.FindAsync(Resources.Secrets, @namespace, name, cancel);

    public async Task<string?> ClaimFolderAsync(string @namespace, string claim, CancellationToken cancel)
    {
        var found = await client.FindAsync(Resources.PersistentVolumeClaims, @namespace, claim, cancel)
            ?? throw new ContainerConfigException($"persistentvolumeclaim \"{claim}\" not found");
        if (found.Status?.Phase != "Bound" || await client.FindAsync(Resources.PersistentVolumes, null, found.Spec.VolumeName, cancel) is not { } volume)
        {
            return null;
        }

        return volume.Spec.HostPath?.Path ?? volume.Spec.Local?.Path
            ?? throw new ContainerConfigException($"persistentvolume \"{volume.Metadata.Name}\": only hostPath and local volumes are supported");
    }

    public async Task<string> TokenAsync(V1Pod pod, V1ServiceAccountTokenProjection projection, CancellationToken cancel)
    {
        var request = new Authenticationv1TokenRequest
        {
            ApiVersion = "authentication.k8s.io/v1",
            Kind = "TokenRequest",
            Spec = new V1TokenRequestSpec
            {
                Audiences = string.IsNullOrEmpty(projection.Audience) ? [] : [projection.Audience],
                ExpirationSeconds = projection.ExpirationSeconds ?? 3600,
                BoundObjectRef = new V1BoundObjectReference { ApiVersion = "v1", Kind = "Pod", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
            },
        };
        var account = string.IsNullOrEmpty(pod.Spec.ServiceAccountName) ? "default" : pod.Spec.ServiceAccountName;
        var path = $"api/v1/namespaces/{pod.Metadata.NamespaceProperty}/serviceaccounts/{account}/token";
        try
        {
            var answer = await client.SendAsync(HttpMethod.Post, path, KubernetesJson.Serialize(request), cancel);
            return KubernetesJson.Deserialize<Authenticationv1TokenRequest>(answer).Status.Token;
        }
        catch (ApiException exception)
        {
            throw new ContainerConfigException($"failed to fetch token: {exception.StatusMessage}");
        }
    }
}
