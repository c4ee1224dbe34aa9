using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using k8s;

namespace ArgoRollouts.Status;

/// <summary>The JSON merge patch that leads from one status to another (utils/diff, CreateTwoWayMergePatch). Lists are replaced whole.</summary>
internal static class StatusPatch
{
    /// <summary><c>{"status": ...}</c>, or null when nothing differs.</summary>
    public static JsonObject? Between(RolloutStatus before, RolloutStatus after)
        => Between(Json(before), Json(after)) is { Count: > 0 } patch ? new JsonObject { ["status"] = patch } : null;

    /// <summary>An independent copy.</summary>
    public static RolloutStatus Clone(RolloutStatus status) => KubernetesJson.Deserialize<RolloutStatus>(KubernetesJson.Serialize(status));

    internal static JsonObject Between(JsonObject before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in after)
        {
            var old = before[name];
            if (old is JsonObject oldObject && value is JsonObject newObject)
            {
                if (Between(oldObject, newObject) is { Count: > 0 } inner)
                {
                    patch[name] = inner;
                }
            }
            else if (!JsonNode.DeepEquals(old, value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        foreach (var (name, _) in before)
        {
            if (!after.ContainsKey(name))
            {
                patch[name] = null;
            }
        }

        return patch;
    }

    private static JsonObject Json(RolloutStatus status) => (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(status))!;
}
