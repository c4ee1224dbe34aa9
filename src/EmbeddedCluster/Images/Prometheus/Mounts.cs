namespace EmbeddedCluster.Images.Prometheus;

/// <summary>The volumes of a container: paths inside it as paths of this machine.</summary>
/// <param name="folders">Folders of this machine by mount path.</param>
internal sealed class Mounts(IReadOnlyDictionary<string, string> folders)
{
    /// <summary>The path on this machine, or null when it lies in no volume; the deepest mount decides.</summary>
    public string? Find(string pathInContainer)
        => folders
            .Where(mount => pathInContainer == mount.Key || pathInContainer.StartsWith(mount.Key.TrimEnd('/') + "/"))
            .OrderByDescending(mount => mount.Key.Length)
            .Select(mount => Path.Combine(mount.Value, pathInContainer[mount.Key.Length..].TrimStart('/')))
            .FirstOrDefault();
}
