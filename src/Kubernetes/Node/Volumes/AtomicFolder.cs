using System.Globalization;
using System.Runtime.InteropServices;
using Kubernetes.Node.Environment;

namespace Kubernetes.Node.Volumes;

/// <summary>
/// Files that change together (kubelet's <c>AtomicWriter</c>): they lie in a folder of their own, <c>..data</c> is a symbolic link to it and each
/// name one through <c>..data</c>, so that replacing that one link replaces them all.
/// </summary>
internal static class AtomicFolder
{
    private const string Data = "..data";

    /// <param name="folder">The volume, which exists.</param>
    /// <param name="files">Contents by path within the volume.</param>
    /// <param name="now">Names the folder of this version.</param>
    /// <param name="cancel">Leaves the volume as it was.</param>
    /// <returns>Whether something changed.</returns>
    /// <exception cref="ContainerConfigException">A path leads out of the volume.</exception>
    public static async Task<bool> WriteAsync(string folder, IReadOnlyDictionary<string, byte[]> files, DateTime now, CancellationToken cancel)
    {
        var link = Path.Combine(folder, Data);
        var before = new DirectoryInfo(link).LinkTarget is { } target ? Path.Combine(folder, target) : null;
        if (before is not null && await SameAsync(before, files, cancel))
        {
            return false;
        }

        var version = $"..{now.ToString("yyyy_MM_dd_HH_mm_ss.fffffff", CultureInfo.InvariantCulture)}.{Guid.NewGuid():N}";
        var root = Folders.Make(Path.Combine(folder, version));
        foreach (var (name, content) in files)
        {
            var path = Path.GetFullPath(Path.Combine(root, name));
            if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new ContainerConfigException($"invalid path \"{name}\": must not leave the volume");
            }

            Folders.Make(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content, cancel);
        }

        var next = Path.Combine(folder, "..data_tmp");
        File.Delete(next);
        Directory.CreateSymbolicLink(next, version);
        Replace(next, link);
        Name(folder, files.Keys.Select(name => name.Split('/')[0]).ToHashSet());
        // the last version stays for who is on the way into it
        foreach (var old in Directory.EnumerateDirectories(folder, "..2*").Where(old => old != root && old != before).ToList())
        {
            Directory.Delete(old, recursive: true);
        }

        return true;
    }

    // readers see the old files or the new ones, never none; the framework's own moves replace no link to a folder
    private static void Replace(string next, string link)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Delete(link);
            Directory.Move(next, link);
        }
        else if (Rename(next, link) != 0)
        {
            throw new IOException($"rename {next} {link}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", EntryPoint = "rename", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    private static void Name(string folder, HashSet<string> names)
    {
        foreach (var stale in Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Where(name => !name!.StartsWith("..", StringComparison.Ordinal) && !names.Contains(name)).ToList())
        {
            File.Delete(Path.Combine(folder, stale!));
        }

        foreach (var name in names.Where(name => new FileInfo(Path.Combine(folder, name)).LinkTarget is null))
        {
            File.CreateSymbolicLink(Path.Combine(folder, name), $"{Data}/{name}");
        }
    }

    private static async Task<bool> SameAsync(string root, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancel)
    {
        if (!Directory.Exists(root) || Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Count() != files.Count)
        {
            return false;
        }

        foreach (var (name, content) in files)
        {
            var path = Path.Combine(root, name);
            if (!File.Exists(path) || !(await File.ReadAllBytesAsync(path, cancel)).AsSpan().SequenceEqual(content))
            {
                return false;
            }
        }

        return true;
    }
}
