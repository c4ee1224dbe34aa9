using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.Registry;

/// <summary>Brings an object into the form in which it is stored: its kind's defaults, or its definition's schema.</summary>
internal static class ObjectForm
{
    public static void Complete(WriteRequest request, JsonObject document)
    {
        var resource = request.Resource;
        resource.Strategy.Default?.Invoke(document);
        if (resource.Custom is not null && resource.Schema.Value is { } schema)
        {
            Pruning.Prune(document, schema, []);
            SchemaDefaulting.Apply(document, schema);
        }
    }

    public static void Validate(ResourceInfo resource, JsonObject document, JsonObject? old, FieldErrors errors)
    {
        if (resource.Custom is not null && resource.Schema.Value is { } schema)
        {
            SchemaValidation.Check(document, old, schema, "", errors);
        }
    }
}
