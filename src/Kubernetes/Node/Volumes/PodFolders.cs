using k8s.Models;
using Kubernetes.Node.Environment;

namespace Kubernetes.Node.Volumes;

/// <summary>
/// The folders of one pod on this machine: its volumes, and a working folder per container. Made when first needed,
/// removed with the pod.
/// </summary>
internal sealed class PodFolders(string root, V1Pod pod, IPodSources sources, VolumeContents contents, TimeProvider time)
{
    /// <summary>How the volumes are named that the API server's admission adds to each pod.</summary>
    private const string ApiAccess = "kube-api-access-";

    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>The container's own folder.</summary>
    public string WorkingFolder(string container) => Folders.Make(Path.Combine(root, "containers", container));

    /// <summary>Fills the volumes that the container mounts; folders by mount path.</summary>
    /// <param name="container">The container.</param>
    /// <param name="apiAccess">Whether it reads the files by which a program in a pod reaches the API.</param>
    /// <param name="cancel">The pod's end.</param>
    /// <exception cref="ContainerConfigException">A ConfigMap or Secret that is not optional is missing.</exception>
    public async Task<IReadOnlyDictionary<string, string>> MountAsync(V1Container container, bool apiAccess, CancellationToken cancel)
    {
        var mounts = new Dictionary<string, string>();
        foreach (var mount in Mounted(container, apiAccess))
        {
            if (Volume(mount.Name) is { } volume && await FolderAsync(volume, cancel) is { } folder)
            {
                mounts[mount.MountPath] = string.IsNullOrEmpty(mount.SubPath) ? folder : SubPath(container, mount, volume, folder);
            }
        }

        return mounts;
    }

    /// <summary>The volumes of the container that show objects.</summary>
    public IEnumerable<V1Volume> Shown(V1Container container, bool apiAccess)
        => Mounted(container, apiAccess).Select(mount => Volume(mount.Name)).OfType<V1Volume>().Where(VolumeContents.Shows);

    /// <summary>Brings a volume to what its objects say now.</summary>
    /// <exception cref="ContainerConfigException">They cannot be read: the volume stays as it is.</exception>
    public async Task<string> RefreshAsync(V1Volume volume, CancellationToken cancel)
    {
        var folder = Path.Combine(root, "volumes", volume.Name);
        await _writing.WaitAsync(cancel);
        try
        {
            await AtomicFolder.WriteAsync(Folders.Make(folder), await contents.ReadAsync(volume, cancel), time.GetUtcNow().UtcDateTime, cancel);
            return folder;
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Remove()
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static IEnumerable<V1VolumeMount> Mounted(V1Container container, bool apiAccess)
        => (container.VolumeMounts ?? []).Where(mount => apiAccess || !mount.Name.StartsWith(ApiAccess, StringComparison.Ordinal));

    private V1Volume? Volume(string name) => pod.Spec.Volumes?.FirstOrDefault(volume => volume.Name == name);

    // of what shows objects a subPath is what was there when the container started, as on a real node, where it is mounted by itself
    private string SubPath(V1Container container, V1VolumeMount mount, V1Volume volume, string folder)
    {
        var path = Path.Combine(folder, mount.SubPath);
        if (!VolumeContents.Shows(volume))
        {
            return path;
        }

        var copy = Path.Combine(root, "volume-subpaths", volume.Name, container.Name, $"{container.VolumeMounts.IndexOf(mount)}");
        if (File.Exists(path) || Directory.Exists(path))
        {
            Folders.Copy(path, copy);
        }

        return copy;
    }

    private async Task<string?> FolderAsync(V1Volume volume, CancellationToken cancel)
    {
        switch (volume)
        {
            case { EmptyDir: not null }:
                return Folders.Make(Path.Combine(root, "volumes", volume.Name));
            case { PersistentVolumeClaim: { } claim }:
                var data = await sources.ClaimFolderAsync(pod.Metadata.NamespaceProperty, claim.ClaimName, cancel)
                    ?? throw new ContainerConfigException($"pod has unbound immediate PersistentVolumeClaims: {claim.ClaimName}");
                return Directory.Exists(data) ? data : throw new ContainerConfigException($"hostPath type check failed: {data} is not a directory");
            default:
                return VolumeContents.Shows(volume) ? await RefreshAsync(volume, cancel) : null;
        }
    }
}
