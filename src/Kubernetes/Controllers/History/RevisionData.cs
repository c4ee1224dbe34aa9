using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.History;

/// <summary>
/// What a ControllerRevision keeps of its owner: the pod template as a patch that replaces the whole of it
/// (upstream's <c>getPatch</c>); kubectl's <c>rollout undo</c> sends it back as it is.
/// </summary>
internal static class RevisionData
{
    public static JsonObject Of(V1PodTemplateSpec template)
    {
        var json = (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(template))!;
        json["$patch"] = "replace";
        return new JsonObject { ["spec"] = new JsonObject { ["template"] = json } };
    }

    /// <summary>The template that the revision keeps.</summary>
    public static V1PodTemplateSpec Template(V1ControllerRevision revision)
    {
        var template = Json(revision)["spec"]!["template"]!.AsObject();
        template.Remove("$patch");
        return KubernetesJson.Deserialize<V1PodTemplateSpec>(template.ToJsonString());
    }

    public static bool Equals(V1ControllerRevision revision, V1PodTemplateSpec template) => JsonNode.DeepEquals(Json(revision), Of(template));

    private static JsonObject Json(V1ControllerRevision revision) => (JsonObject)JsonNode.Parse(JsonSerializer.Serialize(revision.Data))!;
}
