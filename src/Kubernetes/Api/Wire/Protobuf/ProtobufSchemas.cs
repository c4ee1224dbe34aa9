using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.Wire.Protobuf;

/// <summary>The "one of several" types inside custom resource definitions: a schema or a flag, a schema or a list.</summary>
internal static class ProtobufSchemas
{
    public static bool TryDecode(string type, ReadOnlySpan<byte> message, out JsonNode? value)
    {
        value = null;
        if (type is not ("JSONSchemaPropsOrBool" or "JSONSchemaPropsOrArray" or "JSONSchemaPropsOrStringArray"))
        {
            return false;
        }
        JsonNode? schema = null;
        var list = new JsonArray();
        var allows = false;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Wire == WireType.Varint)
            {
                allows = reader.Varint() != 0;
            }
            else if (type == "JSONSchemaPropsOrStringArray" && reader.Field == 2)
            {
                list.Add((JsonNode)reader.Text());
            }
            else if (type == "JSONSchemaPropsOrArray" && reader.Field == 2)
            {
                list.Add((JsonNode)Schema(reader.Bytes()));
            }
            else
            {
                schema = Schema(reader.Bytes());
            }
        }
        value = schema ?? (type == "JSONSchemaPropsOrBool" ? JsonValue.Create(allows) : list);
        return true;
    }

    private static JsonObject Schema(ReadOnlySpan<byte> message)
    {
        var schema = new JsonObject();
        ProtobufMessage.Decode(TypeTable.Find("apiextensions/v1.JSONSchemaProps")!, message, schema);
        return schema;
    }
}
