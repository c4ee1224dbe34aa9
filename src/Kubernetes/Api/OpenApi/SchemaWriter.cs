using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.OpenApi;

/// <summary>
/// Writes built-in schemas as OpenAPI, each named type once, with the extensions by which clients merge lists. The same for
/// both versions of OpenAPI but for where references point.
/// </summary>
internal sealed class SchemaWriter(string referencePrefix)
{
    /// <summary>Name to schema, in the order of first use.</summary>
    public JsonObject Components { get; } = [];

    public JsonObject Reference(string typeName)
    {
        var name = SchemaNames.Of(typeName);
        if (!Components.ContainsKey(name) && BuiltInSchemas.Named(typeName) is { } schema)
        {
            var body = new JsonObject();
            Components[name] = body;
            FillObject(body, schema);
        }
        return ReferenceTo(name);
    }

    /// <summary>To a schema by its name in the document.</summary>
    public JsonObject ReferenceTo(string name) => new() { ["$ref"] = referencePrefix + name };

    private void FillObject(JsonObject body, Schema schema)
    {
        body["type"] = "object";
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, field) in schema.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            properties[name] = Member(field);
            if (field.Required)
            {
                required.Add((JsonNode)name);
            }
        }
        body["properties"] = properties;
        if (required.Count > 0)
        {
            body["required"] = required;
        }
        if (schema.Atomic)
        {
            body["x-kubernetes-map-type"] = "atomic";
        }
    }

    private JsonObject Member(SchemaField field)
    {
        var schema = Value(field.Schema);
        if (field.Schema.Name is not null)
        {
            // siblings of a reference are lost, so upstream wraps it
            schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
            schema["default"] = new JsonObject();
            if (field.OmitEmpty || !field.Required)
            {
                schema.Remove("default");
            }
        }
        if (field.Merge)
        {
            schema["x-kubernetes-patch-strategy"] = field.RetainKeys ? "merge,retainKeys" : "merge";
        }
        if (field.MergeKey is not null)
        {
            schema["x-kubernetes-patch-merge-key"] = field.MergeKey;
        }
        return schema;
    }

    private JsonObject Value(Schema schema)
    {
        if (schema.Name is not null)
        {
            return Reference(schema.Name);
        }
        switch (schema.Type)
        {
            case SchemaType.Array:
                var list = new JsonObject { ["type"] = "array", ["items"] = Value(schema.Items!.Value) };
                AddListType(list, schema);
                return list;
            case SchemaType.Object when schema.Additional is { } additional:
                var map = new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(additional.Value) };
                if (schema.Atomic)
                {
                    map["x-kubernetes-map-type"] = "atomic";
                }
                return map;
            case SchemaType.Object:
                return new JsonObject { ["type"] = "object" };
            case SchemaType.IntOrString:
                return new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" }), ["format"] = schema.Format };
            case SchemaType.Any:
                return [];
            default:
                var scalar = new JsonObject { ["type"] = schema.Type.ToString().ToLowerInvariant() };
                if (schema.Format is not null)
                {
                    scalar["format"] = schema.Format;
                }
                return scalar;
        }
    }

    private static void AddListType(JsonObject list, Schema schema)
    {
        if (schema.ListType == ListType.Set)
        {
            list["x-kubernetes-list-type"] = "set";
        }
        else if (schema.ListType == ListType.Map)
        {
            list["x-kubernetes-list-type"] = "map";
            list["x-kubernetes-list-map-keys"] = new JsonArray([.. schema.MapKeys.Select(key => (JsonNode)key)]);
        }
    }
}
