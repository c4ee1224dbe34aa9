using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>
/// Bodies of content type application/vnd.kubernetes.protobuf: the magic "k8s\0", then runtime.Unknown {typeMeta, raw}.
/// Decoded by the field numbers of the type table into the tree that JSON would give. Answers are always JSON.
/// </summary>
internal static class ProtobufBody
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

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
        var slash = apiVersion.IndexOf('/');
        var (group, version) = slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
        var entry = TypeTable.Find(BuiltInSchemas.TypeName(group, version, kind)) ?? TypeTable.Find($"meta/v1.{kind}")
            ?? throw new JsonException($"no kind \"{kind}\" is registered for version \"{apiVersion}\"");
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
