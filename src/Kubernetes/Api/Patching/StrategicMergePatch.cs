using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Schemas;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching;

/// <summary>
/// Strategic merge patch: lists are merged by the key that the type names; directives $patch, $setElementOrder/x,
/// $deleteFromPrimitiveList/x and $retainKeys (apimachinery util/strategicpatch).
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string SetOrder = "$setElementOrder/";
    private const string DeleteFrom = "$deleteFromPrimitiveList/";
    private const string RetainKeys = "$retainKeys";

    public static JsonObject Apply(JsonObject document, JsonObject patch, Schema? schema)
    {
        switch (patch.Text(Directive))
        {
            case "replace":
                var replacement = (JsonObject)patch.DeepClone();
                replacement.Remove(Directive);
                return replacement;
            case "delete":
                return [];
            case null or "merge":
                break;
            case var unknown:
                throw StatusErrors.BadRequest($"unknown patch type found: {unknown}");
        }
        Retain(document, patch);
        var orderBefore = patch.Where(member => member.Key.StartsWith(SetOrder, StringComparison.Ordinal)).Select(member => member.Key[SetOrder.Length..])
            .ToDictionary(name => name, name => document[name] is JsonArray list ? [.. list.Select(item => item?.DeepClone())] : System.Array.Empty<JsonNode?>());
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith('$'))
            {
                continue;
            }
            Member(document, patch, name, value, FieldOf(schema, name), SchemaOf(schema, name));
        }
        PrimitiveDeletions(document, patch);
        Orders(document, patch, schema, orderBefore);
        return document;
    }

    private static SchemaField? FieldOf(Schema? schema, string name) => schema?.Fields.GetValueOrDefault(name);

    private static Schema? SchemaOf(Schema? schema, string name) => FieldOf(schema, name)?.Schema ?? schema?.Additional?.Value;

    private static void Member(JsonObject document, JsonObject patch, string name, JsonNode? value, SchemaField? field, Schema? schema)
    {
        switch (value)
        {
            case null:
                document.Remove(name);
                break;
            case JsonObject change:
                if (change.Text(Directive) == "delete")
                {
                    document.Remove(name);
                    break;
                }
                var current = document[name] as JsonObject ?? [];
                document.Remove(name);
                document[name] = Apply(current, change, schema);
                break;
            case JsonArray list when field is { Merge: true }:
                var existing = document[name] as JsonArray ?? [];
                document.Remove(name);
                document[name] = field.MergeKey is { } key
                    ? MergeByKey(existing, list, key, schema?.Items?.Value)
                    : MergePrimitives(existing, list);
                break;
            default:
                document[name] = WithoutDirectives(value.DeepClone());
                break;
        }
    }

    private static JsonNode WithoutDirectives(JsonNode node)
    {
        if (node is JsonArray list)
        {
            foreach (var directive in list.OfType<JsonObject>().Where(item => item.ContainsKey(Directive) && item.Count == 1).ToArray())
            {
                list.Remove(directive);
            }
        }
        return node;
    }

    private static void Retain(JsonObject document, JsonObject patch)
    {
        if (patch[RetainKeys] is JsonArray)
        {
            var kept = patch.Texts(RetainKeys).ToHashSet();
            foreach (var name in document.Select(member => member.Key).Where(name => !kept.Contains(name)).ToArray())
            {
                document.Remove(name);
            }
        }
    }

    private static JsonArray MergePrimitives(JsonArray existing, JsonArray added)
    {
        var before = existing.Select(item => item?.DeepClone()).ToArray();
        foreach (var item in added)
        {
            if (!existing.Any(known => known.SameAs(item)))
            {
                existing.Add(item?.DeepClone());
            }
        }
        return MergeOrder.Of(existing, added, before, identity: item => item);
    }

    private static JsonArray MergeByKey(JsonArray existing, JsonArray changes, string key, Schema? item)
    {
        if (changes.OfType<JsonObject>().Any(change => change.Text(Directive) == "replace" && !change.ContainsKey(key)))
        {
            return [.. changes.OfType<JsonObject>().Where(change => !change.ContainsKey(Directive)).Select(change => change.DeepClone())];
        }
        var before = existing.Select(item => item?.DeepClone()).ToArray();
        foreach (var change in changes)
        {
            if (change is not JsonObject map || map[key] is not { } identity)
            {
                throw StatusErrors.BadRequest($"map: {change?.ToJsonString()} does not contain declared merge key: {key}");
            }
            var index = existing.ToList().FindIndex(known => known is JsonObject && known[key].SameAs(identity));
            if (map.Text(Directive) == "delete")
            {
                if (index >= 0)
                {
                    existing.RemoveAt(index);
                }
                continue;
            }
            if (index < 0)
            {
                existing.Add((JsonNode)Apply([], map, item));
                continue;
            }
            var current = (JsonObject)existing[index]!;
            existing[index] = null;
            existing[index] = Apply(current, map, item);
        }
        return MergeOrder.Of(existing, changes, before, identity: known => known.At(key));
    }

    private static void PrimitiveDeletions(JsonObject document, JsonObject patch)
    {
        foreach (var (name, value) in patch.Where(member => member.Key.StartsWith(DeleteFrom, StringComparison.Ordinal)))
        {
            if (document[name[DeleteFrom.Length..]] is JsonArray list && value is JsonArray gone)
            {
                for (var i = list.Count - 1; i >= 0; i--)
                {
                    if (gone.Any(item => item.SameAs(list[i])))
                    {
                        list.RemoveAt(i);
                    }
                }
            }
        }
    }

    private static void Orders(JsonObject document, JsonObject patch, Schema? schema, Dictionary<string, JsonNode?[]> before)
    {
        foreach (var (directive, value) in patch.Where(member => member.Key.StartsWith(SetOrder, StringComparison.Ordinal)))
        {
            var name = directive[SetOrder.Length..];
            if (document[name] is JsonArray list && value is JsonArray order)
            {
                var key = FieldOf(schema, name)?.MergeKey;
                document[name] = MergeOrder.Of(list, order, before[name], identity: item => key is null ? item : item.At(key));
            }
        }
    }
}
