namespace EmbeddedCluster.Programs;

/// <summary>
/// Puts a file in its place whole or not at all. Runs side by side may fetch the same one: each writes a file of its own and the last rename
/// wins, so that nobody ever executes half a program.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Lets <paramref name="write"/> fill a temporary folder beside <paramref name="target"/> and moves the file that it returns there.</summary>
    public static async Task PlaceExecutableAsync(string target, Func<string, Task<string>> write)
    {
        var folder = Path.GetDirectoryName(target)!;
        var work = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(work);
            var written = await write(work);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(written, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            File.Move(written, target, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ProgramSourceException($"'{folder}' cannot be written: {cause.Message}", "set XDG_CACHE_HOME to a folder that you may write", cause);
        }
        finally
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }
}
