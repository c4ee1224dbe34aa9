namespace EmbeddedCluster.Images;

/// <summary>The volumes of a container: paths inside it as paths of this machine.</summary>
/// <param name="folders">Folders of this machine by mount path.</param>
internal sealed class Mounts(IReadOnlyDictionary<string, string> folders)
{
    /// <summary>The path on this machine, or null when it lies in no volume; the deepest mount decides.</summary>
    public string? Find(string pathInContainer)
        => folders
            .Select(mount => (Path: mount.Key.TrimEnd('/'), Folder: mount.Value))
            .Where(mount => pathInContainer == mount.Path || pathInContainer.StartsWith(mount.Path + "/"))
            .OrderByDescending(mount => mount.Path.Length)
            .Select(mount => Path.Combine(mount.Folder, pathInContainer[mount.Path.Length..].TrimStart('/')))
            .FirstOrDefault();
}
