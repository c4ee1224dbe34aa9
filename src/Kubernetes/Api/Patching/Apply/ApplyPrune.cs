using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>Removes what a manager applied before, applies no longer and nobody else owns.</summary>
internal static class ApplyPrune
{
    public static void Remove(JsonNode node, FieldSet abandoned, FieldSet kept, Schema? schema)
    {
        foreach (var (step, child) in abandoned.Children)
        {
            var others = kept.Children.GetValueOrDefault(step);
            switch (node)
            {
                case JsonObject map when step[0] == 'f' && map.TryGetPropertyValue(step[2..], out var value):
                    var name = step[2..];
                    if (IsGone(value, child, others, schema?.Fields.GetValueOrDefault(name)?.Schema ?? schema?.Additional?.Value))
                    {
                        map.Remove(name);
                    }
                    break;
                case JsonArray list when schema is not null:
                    var index = list.ToList().FindIndex(item => FieldSteps.Item(item, schema) == step);
                    if (index >= 0 && IsGone(list[index], child, others, schema.Items?.Value))
                    {
                        list.RemoveAt(index);
                    }
                    break;
            }
        }
    }

    private static bool IsGone(JsonNode? value, FieldSet abandoned, FieldSet? kept, Schema? schema)
    {
        if (abandoned.Owned && kept is null or { IsEmpty: true })
        {
            return true;
        }
        if (value is not null && abandoned.Children.Count > 0)
        {
            Remove(value, abandoned, kept ?? new FieldSet(), schema);
            return kept is not { Owned: true } && value is JsonObject { Count: 0 } or JsonArray { Count: 0 };
        }
        return false;
    }
}
