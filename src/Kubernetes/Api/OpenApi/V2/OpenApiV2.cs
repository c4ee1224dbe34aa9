using System.Text.Json.Nodes;
using Kubernetes.Api.Discovery;
using Kubernetes.Api.Resources;

namespace Kubernetes.Api.OpenApi.V2;

/// <summary>The one OpenAPI v2 document of all served groups and versions, made of the same schemas and paths as v3's.</summary>
internal static class OpenApiV2
{
    private const string Prefix = "#/definitions/";

    public static JsonObject Document(IEnumerable<ResourceInfo> served)
    {
        var source = OpenApiV3.Document(served, Prefix);
        var definitions = new JsonObject();
        foreach (var (name, schema) in (JsonObject)source["components"]!["schemas"]!)
        {
            definitions[name] = SwaggerSchemas.Convert((JsonObject)schema!);
        }
        var paths = new JsonObject();
        foreach (var (path, item) in (JsonObject)source["paths"]!)
        {
            paths[path] = SwaggerOperations.Convert((JsonObject)item!);
        }
        return new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServedVersion.Git },
            ["paths"] = paths,
            ["definitions"] = definitions,
        };
    }
}
