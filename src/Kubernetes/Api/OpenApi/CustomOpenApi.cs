using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.OpenApi;

/// <summary>A custom resource's own schema, with the fields every object has.</summary>
internal static class CustomOpenApi
{
    public static JsonObject Schema(ResourceInfo resource, JsonObject metadata)
    {
        var schema = (JsonObject?)resource.Custom!.OpenApiSchema?.DeepClone() ?? new JsonObject { ["x-kubernetes-preserve-unknown-fields"] = true };
        schema["type"] = "object";
        if (schema.Flag("x-kubernetes-preserve-unknown-fields") == true && schema.Object("properties") is null)
        {
            return schema;
        }
        var properties = schema.Sub("properties");
        properties["apiVersion"] = new JsonObject { ["type"] = "string" };
        properties["kind"] = new JsonObject { ["type"] = "string" };
        properties["metadata"] = metadata;
        return schema;
    }
}
