namespace EmbeddedCluster;

/// <summary>The administrator's kubeconfig on disk: only its owner may read it, for it holds a token.</summary>
internal static class KubeconfigFile
{
    /// <exception cref="ClusterStartException">The file cannot be written.</exception>
    public static void Write(string? path, string content)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            PrivateFile.Write(path, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ClusterStartException($"--kubeconfig: '{path}' cannot be written: {exception.Message}", exception);
        }
    }

    public static void Remove(string? path)
    {
        if (path is not null)
        {
            File.Delete(path);
        }
    }
}
