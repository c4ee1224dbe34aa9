using System.Text.Json.Nodes;
using Kubernetes.Api.Discovery;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.OpenApi;

/// <summary>The OpenAPI v3 document of one group and version.</summary>
internal static class OpenApiV3
{
    private const string Prefix = "#/components/schemas/";

    /// <param name="served">The resources that the document describes.</param>
    /// <param name="prefix">Where references to schemas point.</param>
    public static JsonObject Document(IEnumerable<ResourceInfo> served, string prefix = Prefix)
    {
        var writer = new SchemaWriter(prefix);
        var paths = new JsonObject();
        foreach (var resource in served)
        {
            var schema = resource.Custom is null ? BuiltIn(writer, resource) : Custom(writer, resource);
            Operations.Add(paths, resource, schema);
        }
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServedVersion.Git },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = writer.Components },
        };
    }

    private static JsonObject BuiltIn(SchemaWriter writer, ResourceInfo resource)
    {
        var type = BuiltInSchemas.TypeName(resource.Group, resource.Version, resource.Kind);
        var reference = writer.Reference(type);
        AddKind((JsonObject)writer.Components[SchemaNames.Of(type)]!, resource);
        if (resource.Verbs.Contains("list"))
        {
            AddList(writer, resource, SchemaNames.Of(type + "List"), reference);
        }
        return reference;
    }

    private static JsonObject Custom(SchemaWriter writer, ResourceInfo resource)
    {
        var name = SchemaNames.OfCustom(resource.Group, resource.Version, resource.Kind);
        var schema = CustomOpenApi.Schema(resource, writer.Reference("meta/v1.ObjectMeta"));
        writer.Components[name] = schema;
        AddKind(schema, resource);
        var reference = writer.ReferenceTo(name);
        AddList(writer, resource, name + "List", reference);
        return reference;
    }

    private static void AddKind(JsonObject schema, ResourceInfo resource) =>
        schema["x-kubernetes-group-version-kind"] = new JsonArray(Operations.Kind(resource));

    private static void AddList(SchemaWriter writer, ResourceInfo resource, string name, JsonObject item)
    {
        var list = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("items"),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = new JsonObject { ["type"] = "string" },
                ["kind"] = new JsonObject { ["type"] = "string" },
                ["metadata"] = writer.Reference("meta/v1.ListMeta"),
                ["items"] = new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() },
            },
        };
        AddKind(list, resource with { Kind = resource.ListKind });
        writer.Components[name] = list;
    }
}
