namespace EmbeddedCluster;

/// <summary>The one temporary folder of a cluster; its name has the process id, so that leftovers of a crash can be told.</summary>
internal sealed class ClusterFolder : IDisposable
{
    private readonly DirectoryInfo _folder;

    private ClusterFolder(DirectoryInfo folder) => _folder = folder;

    /// <summary>The pods' volumes and working folders.</summary>
    public string Pods => Path.Combine(_folder.FullName, "pods");

    /// <summary>The data of persistent volumes.</summary>
    public string Volumes => Path.Combine(_folder.FullName, "volumes");

    public static ClusterFolder Create() => new(Directory.CreateTempSubdirectory($"argo-conformance-{Environment.ProcessId}-"));

    public void Dispose()
    {
        if (_folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }
}
