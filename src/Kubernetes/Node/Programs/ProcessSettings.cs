namespace Kubernetes.Node.Programs;

/// <summary>How a container becomes a local process: its command line and its whole environment.</summary>
/// <param name="Executable">Full path.</param>
/// <param name="Arguments">What follows it.</param>
/// <param name="Environment">Every variable; nothing is inherited from this process.</param>
internal sealed record ProcessSettings(string Executable, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    public const string Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <param name="context">The container.</param>
    /// <param name="words">Command and arguments; the first is the program.</param>
    /// <param name="home">The container's own folder.</param>
    /// <exception cref="ContainerStartException">The program is not on the path.</exception>
    public static ProcessSettings For(ContainerContext context, IReadOnlyList<string> words, string home)
    {
        var environment = new Dictionary<string, string>(context.Environment);
        environment.TryAdd("PATH", Path);
        environment.TryAdd("HOME", home);
        environment.TryAdd("HOSTNAME", string.IsNullOrEmpty(context.Pod.Spec.Hostname) ? context.Pod.Metadata.Name : context.Pod.Spec.Hostname);
        environment.TryAdd("TMPDIR", home);
        var mounted = words.Select(word => Mounted(word, context.Mounts)).ToList();
        return new ProcessSettings(Find(mounted[0], environment["PATH"], home), mounted[1..], environment);
    }

    /// <summary>
    /// An argument with its mount path replaced by the folder that is mounted there: a process has no file system of its own.
    /// Replaced where the argument, or the value after its <c>=</c>, begins with the mount path.
    /// </summary>
    internal static string Mounted(string word, IReadOnlyDictionary<string, string> mounts)
    {
        foreach (var (path, folder) in mounts.OrderByDescending(mount => mount.Key.Length))
        {
            var start = word.StartsWith(path, StringComparison.Ordinal) ? 0 : word.IndexOf($"={path}", StringComparison.Ordinal) + 1;
            var end = start + path.Length;
            if ((start > 0 || word.StartsWith(path, StringComparison.Ordinal)) && (end == word.Length || word[end] == '/' || path.EndsWith('/')))
            {
                return string.Concat(word.AsSpan(0, start), folder, word.AsSpan(end));
            }
        }

        return word;
    }

    private static string Find(string program, string path, string home)
    {
        var candidates = program.Contains('/')
            ? [System.IO.Path.Combine(home, program)]
            : path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => System.IO.Path.Combine(folder, program));
        return candidates.FirstOrDefault(File.Exists) ?? throw new ContainerStartException(program.Contains('/')
            ? $"exec: \"{program}\": stat {program}: no such file or directory"
            : $"exec: \"{program}\": executable file not found in $PATH");
    }
}
