using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Schemas;

/// <summary>Structural schemas of custom resources, from the openAPIV3Schema of their definition (apiextensions-apiserver pkg/apiserver/schema).</summary>
internal static class CustomSchemas
{
    public static Schema Root(JsonObject openApi)
    {
        var root = Of(openApi, isRoot: true);
        AddObjectFields(root);
        return root;
    }

    /// <summary>One alternative of anyOf and its like: it constrains, and says nothing about what may be there.</summary>
    public static Schema Part(JsonObject openApi) => Of(openApi);

    private static Schema Of(JsonObject openApi, bool isRoot = false)
    {
        var intOrString = openApi.Flag("x-kubernetes-int-or-string") == true;
        var additional = openApi["additionalProperties"];
        var schema = new Schema
        {
            Type = intOrString ? SchemaType.IntOrString : Type(openApi, isRoot),
            Format = openApi.Text("format"),
            PreserveUnknown = openApi.Flag("x-kubernetes-preserve-unknown-fields") == true || additional.Flag() == true,
            EmbeddedResource = openApi.Flag("x-kubernetes-embedded-resource") == true,
            Nullable = openApi.Flag("nullable") == true,
            Atomic = openApi.Text("x-kubernetes-map-type") == "atomic",
            ListType = openApi.Text("x-kubernetes-list-type") switch { "set" => ListType.Set, "map" => ListType.Map, _ => ListType.Atomic },
            MapKeys = [.. openApi.Texts("x-kubernetes-list-map-keys")],
            Additional = additional is JsonObject values ? new Lazy<Schema>(() => Of(values)) : null,
            Items = openApi["items"] is JsonObject items ? new Lazy<Schema>(() => Of(items)) : null,
            Constraints = openApi,
            Default = openApi["default"],
        };
        var required = openApi.Texts("required").ToHashSet();
        foreach (var (name, property) in openApi.Object("properties") ?? [])
        {
            var member = property as JsonObject ?? [];
            schema.Fields[name] = new SchemaField(name, new Lazy<Schema>(() => Of(member))) { Required = required.Contains(name), Optional = true };
        }
        if (schema.EmbeddedResource)
        {
            AddObjectFields(schema);
        }
        return schema;
    }

    private static SchemaType Type(JsonObject openApi, bool isRoot) => openApi.Text("type") switch
    {
        "object" => SchemaType.Object,
        "array" => SchemaType.Array,
        "string" => SchemaType.String,
        "integer" => SchemaType.Integer,
        "number" => SchemaType.Number,
        "boolean" => SchemaType.Boolean,
        _ => isRoot ? SchemaType.Object : SchemaType.Any,
    };

    private static void AddObjectFields(Schema schema)
    {
        var text = new Lazy<Schema>(() => new Schema { Type = SchemaType.String });
        schema.Fields["apiVersion"] = new SchemaField("apiVersion", text);
        schema.Fields["kind"] = new SchemaField("kind", text);
        schema.Fields["metadata"] = new SchemaField("metadata", new Lazy<Schema>(() => BuiltInSchemas.ObjectMeta));
    }
}
