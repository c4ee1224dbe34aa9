using System.Text.Json.Nodes;
using Controllers.Runtime.Client;

namespace EmbeddedCluster.Installing;

/// <summary>Gives images of a workload other tags: another version of the same manifests.</summary>
internal static class ImageTags
{
    /// <summary>The manifest, with the tags in the containers of its pod template where it has one.</summary>
    public static Unstructured Replace(Unstructured manifest, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0 || manifest.Json["spec"] is not JsonObject spec || spec["template"] is not JsonObject template || template["spec"] is not JsonObject pod)
        {
            return manifest;
        }

        foreach (var container in Containers(pod, "containers").Concat(Containers(pod, "initContainers")))
        {
            var image = container["image"]?.ToString() ?? "";
            var colon = image.LastIndexOf(':');
            if (colon > 0 && tags.TryGetValue(image[..colon], out var tag))
            {
                container["image"] = $"{image[..colon]}:{tag}";
            }
        }

        return manifest;
    }

    private static IEnumerable<JsonObject> Containers(JsonObject pod, string field) => pod[field] is JsonArray containers ? containers.OfType<JsonObject>() : [];
}
