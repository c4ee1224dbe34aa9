using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>
/// Bodies of content type application/vnd.kubernetes.protobuf: the magic "k8s\0", then runtime.Unknown {typeMeta, raw, contentEncoding, contentType}
/// (apimachinery pkg/runtime/serializer/protobuf). Read and written by the field numbers of the type table, from and to what JSON would give.
/// </summary>
internal static class ProtobufBody
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    // what is written here was read within limits, or is a list of such
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <exception cref="JsonException">Not such a body, or of a type the table does not know.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
        {
            throw new JsonException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        try
        {
            return Envelope(body[Magic.Length..]);
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <summary>The body that says what <paramref name="json"/> says, which is of a built-in kind.</summary>
    public static byte[] Write(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, AnyDepth);
        var (apiVersion, kind) = (Text(document, "apiVersion"), Text(document, "kind"));
        var entry = Entry(apiVersion, kind) ?? throw new InvalidOperationException($"no kind \"{kind}\" of \"{apiVersion}\" in the type table");
        var writer = new ProtobufWriter();
        writer.Raw(Magic);
        var typeMeta = writer.Begin(1);
        writer.Text(1, apiVersion);
        writer.Text(2, kind);
        writer.End(typeMeta);
        var raw = writer.Begin(2);
        ProtobufEncoding.Encode(entry, document.RootElement, writer);
        writer.End(raw);
        writer.Text(3, "");
        writer.Text(4, "");
        return writer.ToArray();
    }

    private static string Text(JsonDocument document, string name) =>
        ProtobufEncoding.Member(document.RootElement, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static TypeEntry? Entry(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/');
        var (group, version) = slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
        return TypeTable.Find(BuiltInSchemas.TypeName(group, version, kind)) ?? TypeTable.Find($"meta/v1.{kind}");
    }

    private static JsonObject Envelope(ReadOnlySpan<byte> unknown)
    {
        var apiVersion = "";
        var kind = "";
        ReadOnlySpan<byte> raw = [];
        var reader = new ProtobufReader(unknown);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    (apiVersion, kind) = TypeMeta(reader.Bytes());
                    break;
                case 2:
                    raw = reader.Bytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        var entry = Entry(apiVersion, kind) ?? throw new JsonException($"no kind \"{kind}\" is registered for version \"{apiVersion}\"");
        var document = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind };
        ProtobufMessage.Decode(entry, raw, document);
        return document;
    }

    private static (string ApiVersion, string Kind) TypeMeta(ReadOnlySpan<byte> message)
    {
        var apiVersion = "";
        var kind = "";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    apiVersion = reader.Text();
                    break;
                case 2:
                    kind = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return (apiVersion, kind);
    }
}
