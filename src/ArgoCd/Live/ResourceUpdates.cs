using System.Text.Json.Nodes;
using ArgoCd.Health;
using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Live;

/// <summary>
/// Which changes of a live object are worth a comparison: by default not those of its status, unless they change its health
/// (<c>resource.customizations.ignoreResourceUpdates.all</c>).
/// </summary>
internal static class ResourceUpdates
{
    private static readonly string[] Volatile = ["resourceVersion", "managedFields", "generation"];

    public static bool IsRelevant(Unstructured? before, Unstructured? after)
        => before is null
            || after is null
            || ResourceHealth.Of(before.Json)?.Status != ResourceHealth.Of(after.Json)?.Status
            || !JsonNode.DeepEquals(Relevant(before.Json), Relevant(after.Json));

    private static JsonObject Relevant(JsonObject @object)
    {
        var copy = (JsonObject)@object.DeepClone();
        copy.Remove("status");
        foreach (var field in Volatile)
        {
            copy.Remove("metadata", field);
        }

        copy.Remove("metadata", "annotations", "notified.notifications.argoproj.io");
        return copy;
    }
}
