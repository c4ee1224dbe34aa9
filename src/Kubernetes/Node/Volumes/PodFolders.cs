using System.Net;
using System.Text;
using k8s.Models;
using Kubernetes.Node.Environment;

namespace Kubernetes.Node.Volumes;

/// <summary>
/// The folders of one pod on this machine: its volumes, and a working folder per container. Made when first needed,
/// removed with the pod.
/// </summary>
internal sealed class PodFolders(string root, V1Pod pod, IPodSources sources)
{
    /// <summary>How the volumes are named that the API server's admission adds to each pod.</summary>
    private const string ApiAccess = "kube-api-access-";

    /// <summary>The container's own folder.</summary>
    public string WorkingFolder(string container) => Make(Path.Combine(root, "containers", container));

    /// <summary>Fills the volumes that the container mounts; folders by mount path.</summary>
    /// <param name="container">The container.</param>
    /// <param name="apiAccess">Whether it reads the files by which a program in a pod reaches the API.</param>
    /// <param name="cancel">The pod's end.</param>
    /// <exception cref="ContainerConfigException">A ConfigMap or Secret that is not optional is missing.</exception>
    public async Task<IReadOnlyDictionary<string, string>> MountAsync(V1Container container, bool apiAccess, CancellationToken cancel)
    {
        var mounts = new Dictionary<string, string>();
        foreach (var mount in (container.VolumeMounts ?? []).Where(mount => apiAccess || !mount.Name.StartsWith(ApiAccess, StringComparison.Ordinal)))
        {
            if (pod.Spec.Volumes?.FirstOrDefault(volume => volume.Name == mount.Name) is { } volume
                && await FolderAsync(volume, cancel) is { } folder)
            {
                mounts[mount.MountPath] = string.IsNullOrEmpty(mount.SubPath) ? folder : Path.Combine(folder, mount.SubPath);
            }
        }

        return mounts;
    }

    public void Remove()
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private async Task<string?> FolderAsync(V1Volume volume, CancellationToken cancel)
    {
        var folder = Path.Combine(root, "volumes", volume.Name);
        switch (volume)
        {
            case { EmptyDir: not null }:
                return Make(folder);
            case { PersistentVolumeClaim: { } claim }:
                var data = await sources.ClaimFolderAsync(pod.Metadata.NamespaceProperty, claim.ClaimName, cancel)
                    ?? throw new ContainerConfigException($"pod has unbound immediate PersistentVolumeClaims: {claim.ClaimName}");
                return Directory.Exists(data) ? data : throw new ContainerConfigException($"hostPath type check failed: {data} is not a directory");
            case { ConfigMap: { } map }:
                await WriteAsync(Make(folder), await ConfigMapAsync(map.Name, map.Items, map.Optional, cancel), cancel);
                return folder;
            case { Secret: { } secret }:
                await WriteAsync(Make(folder), await SecretAsync(secret.SecretName, secret.Items, secret.Optional, cancel), cancel);
                return folder;
            case { DownwardAPI: { } downward }:
                await WriteAsync(Make(folder), Fields(downward.Items), cancel);
                return folder;
            case { Projected: { } projected }:
                await ProjectAsync(Make(folder), projected, cancel);
                return folder;
            default:
                return null;
        }
    }

    private async Task ProjectAsync(string folder, V1ProjectedVolumeSource projected, CancellationToken cancel)
    {
        foreach (var source in projected.Sources ?? [])
        {
            if (source.ConfigMap is { } map)
            {
                await WriteAsync(folder, await ConfigMapAsync(map.Name, map.Items, map.Optional, cancel), cancel);
            }

            if (source.Secret is { } secret)
            {
                await WriteAsync(folder, await SecretAsync(secret.Name, secret.Items, secret.Optional, cancel), cancel);
            }

            if (source.ServiceAccountToken is { } token)
            {
                var text = await sources.TokenAsync(pod, token, cancel);
                await WriteAsync(folder, new Dictionary<string, byte[]> { [token.Path] = Encoding.UTF8.GetBytes(text) }, cancel);
            }

            if (source.DownwardAPI is { } downward)
            {
                await WriteAsync(folder, Fields(downward.Items), cancel);
            }
        }
    }

    // a volume may show what was fixed when the pod was made, not its address
    private Dictionary<string, byte[]> Fields(IList<V1DownwardAPIVolumeFile>? items)
        => (items ?? []).ToDictionary(item => item.Path, item => Encoding.UTF8.GetBytes(item.FieldRef is { } field
            ? FieldReference.Value(field.FieldPath, pod, IPAddress.None, "")
            : FieldReference.Value(item.ResourceFieldRef, pod.Spec.Containers.First(container => container.Name == item.ResourceFieldRef.ContainerName))));

    private async Task<Dictionary<string, byte[]>> ConfigMapAsync(string name, IList<V1KeyToPath>? items, bool? optional, CancellationToken cancel)
    {
        var found = await sources.ConfigMapAsync(pod.Metadata.NamespaceProperty, name, cancel);
        if (found is null && optional != true)
        {
            throw new ContainerConfigException($"configmap \"{name}\" not found");
        }

        var data = (found?.Data ?? new Dictionary<string, string>()).ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value));
        foreach (var (key, value) in found?.BinaryData ?? new Dictionary<string, byte[]>())
        {
            data[key] = value;
        }

        return Select(data, items, optional == true, "configmap references non-existent config key: ");
    }

    private async Task<Dictionary<string, byte[]>> SecretAsync(string name, IList<V1KeyToPath>? items, bool? optional, CancellationToken cancel)
    {
        var found = await sources.SecretAsync(pod.Metadata.NamespaceProperty, name, cancel);
        if (found is null && optional != true)
        {
            throw new ContainerConfigException($"secret \"{name}\" not found");
        }

        return Select(found?.Data ?? new Dictionary<string, byte[]>(), items, optional == true, "secret references non-existent secret key: ");
    }

    /// <summary>The keys that are asked for, under their paths; of an optional source those that are there (<c>MakePayload</c> of upstream's volumes).</summary>
    private static Dictionary<string, byte[]> Select(IDictionary<string, byte[]> data, IList<V1KeyToPath>? items, bool optional, string missing)
    {
        if (items is null or { Count: 0 })
        {
            return new Dictionary<string, byte[]>(data);
        }

        return items.Where(item => !optional || data.ContainsKey(item.Key)).ToDictionary(
            item => item.Path,
            item => data.TryGetValue(item.Key, out var value) ? value : throw new ContainerConfigException(missing + item.Key));
    }

    private static async Task WriteAsync(string folder, Dictionary<string, byte[]> files, CancellationToken cancel)
    {
        foreach (var (name, content) in files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, name));
            if (!path.StartsWith(folder + Path.DirectorySeparatorChar))
            {
                throw new ContainerConfigException($"invalid path \"{name}\": must not leave the volume");
            }

            Make(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content, cancel);
        }
    }

    // for the owner alone: Secrets are among what lies there
    private static string Make(string folder)
        => OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder).FullName
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}
