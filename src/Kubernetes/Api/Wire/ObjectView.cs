using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Resources;

namespace Kubernetes.Api.Wire;

/// <summary>Stored bytes as a client asked to see them.</summary>
internal static class ObjectView
{
    /// <summary>The object in the version of the request, or only its metadata.</summary>
    public static byte[] Of(byte[] stored, ResourceInfo resource, ViewKind view)
    {
        if (view == ViewKind.PartialMetadata)
        {
            return CanonicalJson.WritePlain(Partial(Metadata.Tree(stored)));
        }
        return resource.FromStorage is null ? stored : CanonicalJson.WritePlain(resource.FromStorage(Metadata.Tree(stored)));
    }

    public static JsonObject Partial(JsonObject document) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = document["metadata"]?.DeepClone(),
    };
}
