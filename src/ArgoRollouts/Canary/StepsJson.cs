using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoRollouts.ReplicaSets;

namespace ArgoRollouts.Canary;

/// <summary>
/// Canary steps as Go's encoding/json writes them: the models have the fields of types.go in the same order, which leaves its string
/// escapes and sorted map keys.
/// </summary>
internal static class StepsJson
{
    private static readonly HashSet<string> Maps = ["labels", "annotations", "matchLabels", "headers"];

    public static string Write(JsonNode? steps)
    {
        var text = new StringBuilder();
        Write(text, steps, sorted: false);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? value, bool sorted)
    {
        switch (value)
        {
            case JsonObject members:
                text.Append('{');
                var first = true;
                foreach (var (name, member) in sorted ? members.OrderBy(pair => pair.Key, StringComparer.Ordinal) : members.AsEnumerable())
                {
                    text.Append(first ? "" : ",");
                    first = false;
                    GoJson.String(text, name);
                    text.Append(':');
                    Write(text, member, Maps.Contains(name));
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(text, items[i], sorted: false);
                }

                text.Append(']');
                break;
            case not null when value.GetValueKind() == JsonValueKind.String:
                GoJson.String(text, value.GetValue<string>());
                break;
            default:
                text.Append(value?.ToJsonString() ?? "null");
                break;
        }
    }
}
