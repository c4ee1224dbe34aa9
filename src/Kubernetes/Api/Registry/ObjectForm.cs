using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Registry;

/// <summary>Brings an object into the form in which it is stored: defaults of its kind.</summary>
internal static class ObjectForm
{
    public static void Complete(WriteRequest request, JsonObject document)
    {
        request.Resource.Strategy.Default?.Invoke(document);
    }

    public static void Validate(ResourceInfo resource, JsonObject document, JsonObject? old, FieldErrors errors)
    {
    }
}
