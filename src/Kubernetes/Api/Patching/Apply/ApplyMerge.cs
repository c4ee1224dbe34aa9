using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>Lays an applied configuration over a live object: objects by field, lists by their type, the rest replaced.</summary>
internal static class ApplyMerge
{
    public static JsonObject Objects(JsonObject live, JsonObject applied, Schema? schema)
    {
        foreach (var (name, value) in applied)
        {
            var member = schema?.Fields.GetValueOrDefault(name)?.Schema ?? schema?.Additional?.Value;
            live.TryGetPropertyValue(name, out var current);
            live.Remove(name);
            live[name] = Values(current, value, member);
        }
        return live;
    }

    private static JsonNode? Values(JsonNode? live, JsonNode? applied, Schema? schema)
    {
        if (schema is not { Atomic: true } && live is JsonObject map && applied is JsonObject change)
        {
            return Objects(map, change, schema);
        }
        if (schema is { Type: SchemaType.Array, ListType: not ListType.Atomic } && live is JsonArray list && applied is JsonArray items)
        {
            return Lists(list, items, schema);
        }
        return applied?.DeepClone();
    }

    private static JsonArray Lists(JsonArray live, JsonArray applied, Schema schema)
    {
        var steps = live.Select(item => FieldSteps.Item(item, schema)).ToList();
        foreach (var item in applied)
        {
            var index = steps.IndexOf(FieldSteps.Item(item, schema));
            if (index < 0)
            {
                live.Add(item?.DeepClone());
                continue;
            }
            var current = live[index];
            live[index] = null;
            live[index] = schema.ListType == ListType.Map ? Values(current, item, schema.Items?.Value) : item?.DeepClone();
        }
        return live;
    }
}
