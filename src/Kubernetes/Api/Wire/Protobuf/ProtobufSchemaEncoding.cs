using System.Text.Json;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>A schema or a flag, a schema or a list: <see cref="ProtobufSchemas"/> the other way.</summary>
internal static class ProtobufSchemaEncoding
{
    public static void Encode(string type, JsonElement value, ProtobufWriter writer)
    {
        switch (type)
        {
            case "JSONSchemaPropsOrBool":
                // a schema allows what it describes
                writer.Varint(1, value.ValueKind is JsonValueKind.Object or JsonValueKind.True ? 1 : 0);
                if (value.ValueKind == JsonValueKind.Object)
                {
                    Schema(2, value, writer);
                }
                break;
            case "JSONSchemaPropsOrArray" or "JSONSchemaPropsOrStringArray" when value.ValueKind == JsonValueKind.Object:
                Schema(1, value, writer);
                break;
            case "JSONSchemaPropsOrArray":
                foreach (var schema in value.EnumerateArray())
                {
                    Schema(2, schema, writer);
                }
                break;
            case "JSONSchemaPropsOrStringArray":
                foreach (var text in value.EnumerateArray())
                {
                    writer.Text(2, text.GetString()!);
                }
                break;
            default:
                throw new ArgumentException($"the type table does not know {type}", nameof(type));
        }
    }

    private static void Schema(int field, JsonElement schema, ProtobufWriter writer)
    {
        var start = writer.Begin(field);
        ProtobufEncoding.Encode(TypeTable.Find("apiextensions/v1.JSONSchemaProps")!, schema, writer);
        writer.End(start);
    }
}
