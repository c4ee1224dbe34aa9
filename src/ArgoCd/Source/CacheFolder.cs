namespace ArgoCd.Source;

/// <summary>A private folder that lives as long as this object.</summary>
internal sealed class CacheFolder : IDisposable
{
    public CacheFolder(string? path)
    {
        Path = path ?? Directory.CreateTempSubdirectory("argocd-repositories-").FullName;
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose()
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
            {
                File.SetAttributes(file, FileAttributes.Normal); // Git writes its objects read-only
            }

            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // somebody else was faster
        }
        catch (IOException)
        {
            // still open in a fetch that is being cancelled: the system's clean-up of the temporary folder remains
        }
    }
}
