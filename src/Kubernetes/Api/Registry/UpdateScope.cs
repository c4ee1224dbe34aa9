using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Registry;

/// <summary>Which part of an object a request may change, and whether the change counts as a new generation.</summary>
internal static class UpdateScope
{
    /// <summary>The sent object with everything outside the request's scope put back.</summary>
    public static JsonObject Limit(WriteRequest request, JsonObject sent, JsonObject old)
    {
        switch (request.Subresource)
        {
            case null:
            case "scale":
                if (request.Resource.HasStatus)
                {
                    sent.CopyMember("status", old);
                }
                request.Resource.Strategy.PrepareForUpdate?.Invoke(sent, old);
                return sent;
            case "status":
                return Only("status", request, sent, old);
            case "finalize":
                return Only("spec", request, sent, old);
            default:
                return sent;
        }
    }

    public static void CountGeneration(WriteRequest request, JsonObject document, JsonObject old)
    {
        var resource = request.Resource;
        if (!resource.Strategy.HasGeneration && resource.Custom is null)
        {
            return;
        }
        if (request.Subresource is null or "scale" && Changed(request, document, old))
        {
            document.Sub("metadata")["generation"] = (old.Number("metadata", "generation") ?? 0) + 1;
        }
    }

    private static JsonObject Only(string member, WriteRequest request, JsonObject sent, JsonObject old)
    {
        var document = (JsonObject)old.DeepClone();
        document.CopyMember(member, sent);
        if (request.Resource.Custom is null && sent.Object("metadata") is { } metadata)
        {
            // built-in kinds let labels and annotations through, never what holds or owns the object
            var kept = (JsonObject)metadata.DeepClone();
            kept.CopyMember("ownerReferences", old.Sub("metadata"));
            kept.CopyMember("finalizers", old.Sub("metadata"));
            document["metadata"] = kept;
        }
        else if (sent.Array("metadata", "managedFields") is { } managed)
        {
            document.Sub("metadata")["managedFields"] = managed.DeepClone();
        }
        return document;
    }

    private static bool Changed(WriteRequest request, JsonObject document, JsonObject old)
    {
        var resource = request.Resource;
        var names = document.Select(member => member.Key).Union(old.Select(member => member.Key));
        foreach (var name in names)
        {
            var counts = name is not ("metadata" or "apiVersion" or "kind") && (name != "status" || !(resource.HasStatus || resource.Custom is null));
            if (counts && !document[name].SameAs(old[name]))
            {
                return true;
            }
        }
        return resource.Strategy.GenerationCountsAnnotations && !document.At("metadata", "annotations").SameAs(old.At("metadata", "annotations"));
    }
}
