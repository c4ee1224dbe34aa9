using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace EmbeddedCluster.Images.Extensions;

/// <summary>
/// An extension's archive: tar or tar.gz with a top-level directory <c>resources</c>. Its files alone are taken: links are left out, which
/// Argo CD would not serve, and a path that leads out of the folder fails the whole archive, as tar does.
/// </summary>
internal static class ExtensionArchive
{
    private const string Root = "resources/";

    /// <summary>Unpacks all files below <c>resources</c>.</summary>
    /// <param name="archive">tar, or gzip of it.</param>
    /// <param name="folder">Becomes <c>/tmp/extensions</c>; the files come to lie in its <c>resources</c>.</param>
    /// <returns>The files' paths below <paramref name="folder"/>.</returns>
    /// <exception cref="ExtensionInstallException">It is no such archive, damaged, or has no <c>resources</c>. Then nothing was written.</exception>
    public static IReadOnlyList<string> Unpack(byte[] archive, string folder)
    {
        var files = Read(archive);
        if (files.Count == 0)
        {
            throw new ExtensionInstallException("cp: can't stat 'resources/*': No such file or directory", 1);
        }

        foreach (var (path, content) in files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, content);
        }

        return [.. files.Keys];
    }

    private static SortedDictionary<string, byte[]> Read(byte[] archive)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var bytes = Open(archive);
            using var tar = new TarReader(bytes);
            while (tar.GetNextEntry() is { } entry)
            {
                var path = Inside(entry.Name);
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && path.StartsWith(Root, StringComparison.Ordinal))
                {
                    using var content = new MemoryStream();
                    entry.DataStream?.CopyTo(content);
                    files[path] = content.ToArray();
                }
            }
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new ExtensionInstallException($"tar: corrupted archive: {damaged.Message}", 1);
        }

        return files;
    }

    private static Stream Open(byte[] archive) => archive switch
    {
        [0x1f, 0x8b, ..] => new GZipStream(new MemoryStream(archive), CompressionMode.Decompress),
        _ when archive.Length > 262 && archive.AsSpan(257, 5).SequenceEqual("ustar"u8) => new MemoryStream(archive),
        _ => throw new ExtensionInstallException(
            $"error: unsupported extension archive: {MimeType(archive)}\nsupported formats: gzip and tar", 1),
    };

    /// <summary>The entry's path without what tar strips from its beginning.</summary>
    private static string Inside(string name)
    {
        var path = name.Replace('\\', '/').TrimStart('/');
        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        return path.Split('/').Contains("..")
            ? throw new ExtensionInstallException($"tar: name with '..' refused: {name}", 1)
            : path;
    }

    private static string MimeType(byte[] content)
    {
        var start = Encoding.Latin1.GetString(content.AsSpan(0, Math.Min(content.Length, 256))).TrimStart();
        return start switch
        {
            "" => "inode/x-empty",
            _ when start.StartsWith("PK", StringComparison.Ordinal) => "application/zip",
            _ when start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) => "text/html",
            _ when start.All(character => !char.IsControl(character) || char.IsWhiteSpace(character)) => "text/plain",
            _ => "application/octet-stream",
        };
    }
}
