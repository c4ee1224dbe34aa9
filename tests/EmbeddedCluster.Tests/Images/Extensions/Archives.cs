using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace EmbeddedCluster.Tests.Images.Extensions;

/// <summary>Archives as extensions are published in, and as they should not be.</summary>
internal static class Archives
{
    public static byte[] Tar(bool zipped, params (string Path, string Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var outer = zipped ? new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true) : (Stream)bytes)
        using (var tar = new TarWriter(outer, leaveOpen: true))
        {
            Write(tar, files);
        }

        return bytes.ToArray();
    }

    public static byte[] TarWithLink(string path, string target, params (string Path, string Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target });
            Write(tar, files);
        }

        return bytes.ToArray();
    }

    private static void Write(TarWriter tar, (string Path, string Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }
    }
}
