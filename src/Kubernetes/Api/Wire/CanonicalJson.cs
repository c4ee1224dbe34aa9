using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Store;

namespace Kubernetes.Api.Wire;

/// <summary>
/// Writes an object with its members in one fixed order, so that equal objects are equal bytes (and a write that changes
/// nothing is no write), leaving a place for the resourceVersion.
/// </summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Document Write(JsonObject document)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Options);
        var offset = 0;
        writer.WriteStartObject();
        foreach (var name in Sorted(document))
        {
            writer.WritePropertyName(name);
            if (name == "metadata")
            {
                offset = WriteMetadata(writer, document[name] as JsonObject ?? []);
            }
            else
            {
                WriteValue(writer, document[name]);
            }
        }
        writer.WriteEndObject();
        writer.Flush();
        return new Document(buffer.WrittenSpan.ToArray(), offset);
    }

    public static byte[] WritePlain(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Options);
        node.WriteTo(writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static int WriteMetadata(Utf8JsonWriter writer, JsonObject metadata)
    {
        var offset = 0;
        metadata["resourceVersion"] = "";
        writer.WriteStartObject();
        foreach (var name in Sorted(metadata))
        {
            writer.WritePropertyName(name);
            WriteValue(writer, metadata[name]);
            if (name == "resourceVersion")
            {
                offset = (int)(writer.BytesCommitted + writer.BytesPending) - 1;
            }
        }
        writer.WriteEndObject();
        return offset;
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map:
                writer.WriteStartObject();
                foreach (var name in Sorted(map))
                {
                    writer.WritePropertyName(name);
                    WriteValue(writer, map[name]);
                }
                writer.WriteEndObject();
                break;
            case JsonArray array:
                writer.WriteStartArray();
                foreach (var item in array)
                {
                    WriteValue(writer, item);
                }
                writer.WriteEndArray();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static string[] Sorted(JsonObject map)
    {
        var names = new string[map.Count];
        var i = 0;
        foreach (var (name, _) in map)
        {
            names[i++] = name;
        }
        Array.Sort(names, string.CompareOrdinal);
        return names;
    }
}
