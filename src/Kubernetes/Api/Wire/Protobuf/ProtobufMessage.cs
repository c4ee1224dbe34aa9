using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>One message of a built-in type into an object.</summary>
internal static class ProtobufMessage
{
    public static void Decode(TypeEntry entry, ReadOnlySpan<byte> message, JsonObject target)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            var number = reader.Field;
            var field = entry.Fields.FirstOrDefault(field => field.Number == number);
            if (field is null)
            {
                reader.Skip();
            }
            else if (field.Inline)
            {
                Decode(TypeTable.Find(field.Type)!, reader.Bytes(), target);
            }
            else if (field.IsList)
            {
                List(field, ref reader, target);
            }
            else if (field.IsMap)
            {
                MapEntry(field, reader.Bytes(), target);
            }
            else if (Value(field.Type, ref reader) is { } value && !(field.OmitEmpty && IsEmpty(value)))
            {
                target[field.Name] = value;
            }
        }
    }

    private static void List(TypeField field, ref ProtobufReader reader, JsonObject target)
    {
        var list = target[field.Name] as JsonArray;
        if (list is null)
        {
            target[field.Name] = list = [];
        }
        var item = field.ElementType;
        if (item is "int32" or "int64" && reader.Wire == WireType.Length)
        {
            var packed = reader.Bytes();
            var numbers = new ProtobufReader(packed);
            while (!numbers.AtEnd)
            {
                list.Add((JsonNode)(long)numbers.Varint());
            }
            return;
        }
        list.Add(Value(item, ref reader));
    }

    private static void MapEntry(TypeField field, ReadOnlySpan<byte> entry, JsonObject target)
    {
        var map = target.Sub(field.Name);
        var key = "";
        var type = field.ElementType;
        JsonNode? value = type is "string" or "bytes" ? JsonValue.Create("") : null;
        var reader = new ProtobufReader(entry);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.Text();
                    break;
                case 2:
                    value = Value(type, ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        map[key] = value;
    }

    private static JsonNode? Value(string type, ref ProtobufReader reader)
    {
        switch (type)
        {
            case "string":
                return reader.Text();
            case "bytes":
                return Convert.ToBase64String(reader.Bytes());
            case "bool":
                return reader.Varint() != 0;
            case "int32" or "int64":
                return (long)reader.Varint();
            case "float64":
                return reader.Double();
        }
        var message = reader.Bytes();
        if (ProtobufScalars.TryDecode(type, message, out var scalar))
        {
            return scalar;
        }
        if (ProtobufSchemas.TryDecode(type, message, out var schema))
        {
            return schema;
        }
        var nested = new JsonObject();
        if (TypeTable.Find(type) is { } entry)
        {
            Decode(entry, message, nested);
        }
        return nested;
    }

    private static bool IsEmpty(JsonNode value) => value switch
    {
        JsonObject map => map.Count == 0,
        JsonArray list => list.Count == 0,
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => text.Length == 0,
        JsonValue scalar when scalar.TryGetValue<bool>(out var flag) => !flag,
        _ => value.AsNumber() == 0,
    };
}
