using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using Controllers.Runtime.Client;
using k8s;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>The merge patch that makes one status of a run another (persistAnalysisRunStatus of analysis/sync.go).</summary>
public static class StatusPatch
{
    /// <summary>Null when there is no difference that a server would store.</summary>
    public static Patch? Between(AnalysisRunStatus before, AnalysisRunStatus after) =>
        Difference(Json(before), Json(after)) is { } status ? Patch.Merge(new() { ["status"] = status }) : null;

    /// <summary>Lists are replaced as a whole, what is gone is null (RFC 7386).</summary>
    private static JsonObject? Difference(JsonObject before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in after)
        {
            var previous = before[name];
            if (JsonNode.DeepEquals(previous, value))
            {
                continue;
            }
            patch[name] = previous is JsonObject from && value is JsonObject to ? Difference(from, to) : value?.DeepClone();
        }
        foreach (var (name, _) in before)
        {
            if (!after.ContainsKey(name))
            {
                patch[name] = null;
            }
        }
        return patch.Count == 0 ? null : patch;
    }

    private static JsonObject Json(AnalysisRunStatus status) => (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(status))!;
}
