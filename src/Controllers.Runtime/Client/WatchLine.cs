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
    /// <exception cref="JsonException">It is no JSON, or its object no T.</exception>
    /// <exception cref="InvalidDataException">Its type is none that a watch has, or it has no object.</exception>
    public static WatchEvent<T> Read<T>(ReadOnlySequence<byte> line, string request)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (line.IsSingleSegment)
        {
            return Read<T>(line.FirstSpan, request);
        }

        var rented = ArrayPool<byte>.Shared.Rent((int)line.Length);
        try
        {
            line.CopyTo(rented);
            return Read<T>(rented.AsSpan(0, (int)line.Length), request);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static WatchEvent<T> Read<T>(ReadOnlySpan<byte> line, string request)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var reader = new Utf8JsonReader(line);
        string? type = null;
        Utf8JsonReader @object = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isObject) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("object"u8));
            reader.Read();
            if (isType)
            {
                type = reader.GetString();
            }
            else if (isObject)
            {
                @object = reader;
            }

            if (type is not null && @object.TokenType != JsonTokenType.None)
            {
                break; // the object is read once, and nothing follows it
            }

            reader.Skip();
        }

        if (@object.TokenType == JsonTokenType.None)
        {
            throw new InvalidDataException($"{request}: a watch event without an object");
        }

        if (type == "ERROR")
        {
            var status = ObjectJson.Read<V1Status>(ref @object);
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
        return new WatchEvent<T>(kind, ObjectJson.Read<T>(ref @object));
    }
}
