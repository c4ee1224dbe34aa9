using System.Formats.Tar;
using System.IO.Compression;

namespace EmbeddedCluster.Programs.Registry;

/// <summary>What one layer says of a file (the image specification of opencontainers.org, "Image Layer Filesystem Changeset").</summary>
internal enum LayerAnswer
{
    /// <summary>Nothing: look in the layer below.</summary>
    Silent,

    /// <summary>It is there, and was taken out.</summary>
    Taken,

    /// <summary>It is deleted: a whiteout of the file or of a folder above it, or an opaque folder.</summary>
    Deleted,
}

/// <summary>Takes one file out of a layer.</summary>
internal static class LayerFile
{
    private const string Whiteout = ".wh.";
    private const string Opaque = ".wh..wh..opq";

    /// <param name="layer">A tar archive, with gzip or without.</param>
    /// <param name="path">Within the image, e.g. <c>bin/rollouts-controller</c>.</param>
    /// <param name="target">Where to put it.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<LayerAnswer> TakeAsync(string layer, string path, string target, CancellationToken cancel)
    {
        await using var file = File.OpenRead(layer);
        var zipped = file.ReadByte() == 0x1f;
        file.Position = 0;
        await using Stream content = zipped ? new GZipStream(file, CompressionMode.Decompress) : file;
        await using var entries = new TarReader(content);
        var deleted = Deletions(path).ToHashSet();
        var answer = LayerAnswer.Silent;
        while (await entries.GetNextEntryAsync(cancellationToken: cancel) is { } entry)
        {
            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name.TrimStart('/');
            if (name == path && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                await entry.ExtractToFileAsync(target, overwrite: true, cancel);
                return LayerAnswer.Taken; // whiteouts are about lower layers only
            }

            answer = deleted.Contains(name) ? LayerAnswer.Deleted : answer;
        }

        return answer;
    }

    /// <summary>Names of entries that would delete the file: <c>bin/.wh.program</c>, <c>.wh.bin</c>, <c>bin/.wh..wh..opq</c>.</summary>
    private static IEnumerable<string> Deletions(string path)
    {
        var parts = path.Split('/');
        for (var depth = 0; depth < parts.Length; depth++)
        {
            var folder = string.Concat(parts[..depth].Select(part => part + "/"));
            yield return $"{folder}{Whiteout}{parts[depth]}";
            yield return folder + Opaque;
        }
    }
}
