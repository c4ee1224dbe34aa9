using Env = System.Environment;

namespace EmbeddedCluster.Programs;

/// <summary>What decides where a program can come from on this machine.</summary>
/// <param name="Platform">Decides which release fits.</param>
/// <param name="Variables">The environment: an absent variable is null.</param>
/// <param name="Cache">Folder for what was fetched, kept between runs.</param>
/// <param name="IsProgram">Whether a path is a file that may be executed.</param>
internal sealed record Machine(Platform Platform, Func<string, string?> Variables, string Cache, Func<string, bool> IsProgram)
{
    /// <summary>Folders of <c>PATH</c>.</summary>
    public IEnumerable<string> SearchPath
        => (Variables("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The machine that this process runs on.</summary>
    public static Machine Current()
        => new(Platform.Current, Env.GetEnvironmentVariable, CacheFolder(Env.GetEnvironmentVariable, Env.GetFolderPath(Env.SpecialFolder.UserProfile)), IsExecutable);

    /// <summary>The user's cache by the XDG base directory specification: <c>XDG_CACHE_HOME</c>, or <c>.cache</c> at home.</summary>
    public static string CacheFolder(Func<string, string?> variables, string home)
        => Path.Combine(
            variables("XDG_CACHE_HOME") is { Length: > 0 } given && Path.IsPathRooted(given) ? given : Path.Combine(home, ".cache"),
            "argo-conformance",
            "programs");

    /// <summary>The full path of a program on <c>PATH</c>, or null.</summary>
    public string? OnPath(string program)
        => SearchPath.Select(folder => Path.Combine(folder, Platform.FileName(program))).FirstOrDefault(IsProgram);

    private static bool IsExecutable(string path)
        => File.Exists(path)
            && (OperatingSystem.IsWindows()
                || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);
}
