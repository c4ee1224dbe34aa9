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
}
