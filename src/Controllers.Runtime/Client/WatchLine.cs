using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>The lines of a watch: <c>{"type": ..., "object": ...}</c> each.</summary>
internal static class WatchLine
{
    /// <summary>Lines in UTF-8 as they arrive, without empty ones. One is valid until the next is asked for; what follows the last newline is lost.</summary>
    public static async IAsyncEnumerable<ReadOnlySequence<byte>> SplitAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancel)
    {
        var reader = PipeReader.Create(stream);
        try
        {
            ReadResult read;
            do
            {
                read = await reader.ReadAsync(cancel);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end);
                    rest = rest.Slice(rest.GetPosition(1, end));
                    if (!line.IsEmpty)
                    {
                        yield return line;
                    }
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
            while (!read.IsCompleted);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    /// <exception cref="ApiException">The line is an error.</exception>
    public static WatchEvent<T> Read<T>(ReadOnlySequence<byte> line, string request)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        using var document = JsonDocument.Parse(line);
        var type = document.RootElement.GetProperty("type").GetString();
        var @object = document.RootElement.GetProperty("object");
        if (type == "ERROR")
        {
            var status = KubernetesJson.Deserialize<V1Status>(@object);
            throw new ApiException((HttpStatusCode)(status.Code ?? 500), status, request);
        }

        var kind = type switch
        {
            "ADDED" => WatchEventKind.Added,
            "MODIFIED" => WatchEventKind.Modified,
            "DELETED" => WatchEventKind.Deleted,
            "BOOKMARK" => WatchEventKind.Bookmark,
            _ => throw new InvalidDataException($"{request}: unknown watch event type \"{type}\""),
        };
        return new WatchEvent<T>(kind, KubernetesJson.Deserialize<T>(@object));
    }
}
