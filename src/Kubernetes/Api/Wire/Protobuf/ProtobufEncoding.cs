using System.Text.Json;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>
/// An object's JSON into one message of a built-in type, as gogo-protobuf writes it: fields in the order of their numbers, maps in the order of
/// their keys, and of what is no pointer in Go also the zero value. <see cref="ProtobufMessage"/> is the way back.
/// </summary>
internal static class ProtobufEncoding
{
    /// <summary>Writes the members of <paramref name="value"/>, which may be undefined: then all that is written are zero values.</summary>
    public static void Encode(TypeEntry entry, JsonElement value, ProtobufWriter writer)
    {
        foreach (var field in entry.ByNumber)
        {
            if (field.Inline)
            {
                var start = writer.Begin(field.Number);
                Encode(TypeTable.Find(field.Type)!, value, writer);
                writer.End(start);
            }
            else
            {
                Field(field, Member(value, field.Name), writer);
            }
        }
    }

    public static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : default;

    private static void Field(TypeField field, JsonElement value, ProtobufWriter writer)
    {
        var absent = value.ValueKind == JsonValueKind.Undefined;
        if (field.IsList)
        {
            foreach (var item in absent ? default : value.EnumerateArray())
            {
                Value(field.Number, field.ElementType, item, writer);
            }
        }
        else if (field.IsMap)
        {
            foreach (var pair in (absent ? default : value.EnumerateObject()).OrderBy(pair => pair.Name, StringComparer.Ordinal))
            {
                var start = writer.Begin(field.Number);
                writer.Text(1, pair.Name);
                Value(2, field.ElementType, pair.Value, writer);
                writer.End(start);
            }
        }
        else if (!absent || !field.MayBeUnset)
        {
            Value(field.Number, field.Type, value, writer);
        }
    }

    private static void Value(int number, string type, JsonElement value, ProtobufWriter writer)
    {
        var unset = value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
        switch (type)
        {
            case "string":
                writer.Text(number, unset ? "" : value.GetString()!);
                break;
            case "bytes":
                if (!unset)
                {
                    writer.Bytes(number, value.GetBytesFromBase64());
                }
                break;
            case "bool":
                writer.Varint(number, !unset && value.GetBoolean() ? 1 : 0);
                break;
            case "int32" or "int64":
                writer.Varint(number, unset ? 0 : Integer(value));
                break;
            case "float64":
                writer.Double(number, unset ? 0 : value.GetDouble());
                break;
            default:
                var start = writer.Begin(number);
                Message(type, unset ? default : value, writer);
                writer.End(start);
                break;
        }
    }

    private static void Message(string type, JsonElement value, ProtobufWriter writer)
    {
        if (TypeTable.Find(type) is { } entry)
        {
            Encode(entry, value, writer);
        }
        else if (!ProtobufScalarEncoding.TryEncode(type, value, writer))
        {
            ProtobufSchemaEncoding.Encode(type, value, writer);
        }
    }

    /// <summary>Numbers may be kept as they were sent, 1.0 for 1.</summary>
    private static long Integer(JsonElement value) => value.TryGetInt64(out var number) ? number : (long)value.GetDouble();
}
