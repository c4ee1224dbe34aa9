using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kubernetes.Api.Wire;

/// <summary>Forgiving reads of JSON trees: a member that is absent or of another type reads as null.</summary>
internal static class JsonNodes
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (node is not JsonObject map || !map.TryGetPropertyValue(step, out node))
            {
                return null;
            }
        }
        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path).AsNumber();

    public static bool? Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static JsonObject? Object(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    public static JsonArray? Array(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonArray;

    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray array ? array.OfType<JsonObject>() : [];

    public static IEnumerable<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray array ? array.Select(item => item.Text() ?? "") : [];

    public static long? AsNumber(this JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return null;
        }
        if (value.TryGetValue<long>(out var number))
        {
            return number;
        }
        if (value.TryGetValue<int>(out var small))
        {
            return small;
        }
        return value.TryGetValue<double>(out var real) && Math.Floor(real) == real && Math.Abs(real) < 9e18 ? (long)real : null;
    }

    /// <summary>The member as an object, created when it is absent or of another type.</summary>
    public static JsonObject Sub(this JsonObject map, string name)
    {
        if (map[name] is JsonObject existing)
        {
            return existing;
        }
        var created = new JsonObject();
        map[name] = created;
        return created;
    }

    /// <summary>Sets a member that is absent or null.</summary>
    public static void Default(this JsonObject map, string name, JsonNode? value)
    {
        if (map[name] is null)
        {
            map[name] = value;
        }
    }

    /// <summary>Puts a copy of <paramref name="source"/>'s member (or its absence) into <paramref name="target"/>.</summary>
    public static void CopyMember(this JsonObject target, string name, JsonObject source)
    {
        if (source[name] is { } value)
        {
            target[name] = value.DeepClone();
        }
        else
        {
            target.Remove(name);
        }
    }

    public static bool SameAs(this JsonNode? left, JsonNode? right)
    {
        switch (left, right)
        {
            case (null, null):
                return true;
            case (JsonObject a, JsonObject b):
                return a.Count == b.Count && a.All(member => b.TryGetPropertyValue(member.Key, out var other) && member.Value.SameAs(other));
            case (JsonArray a, JsonArray b):
                return a.Count == b.Count && a.Zip(b).All(pair => pair.First.SameAs(pair.Second));
            case (JsonValue a, JsonValue b):
                var kind = a.GetValueKind();
                return kind == b.GetValueKind() && (kind switch
                {
                    JsonValueKind.String => a.Text() == b.Text(),
                    JsonValueKind.Number => a.AsNumber() is { } n ? n == b.AsNumber() : a.GetValue<double>().Equals(b.AsDouble()),
                    _ => true,
                });
            default:
                return false;
        }
    }

    public static double? AsDouble(this JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<double>(out var real) => real,
        _ => node.AsNumber(),
    };

    /// <summary>A scalar as it is written in messages and selectors.</summary>
    public static string Display(this JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag ? "true" : "false",
        JsonValue value when value.AsNumber() is { } number => number.ToString(CultureInfo.InvariantCulture),
        _ => node.ToJsonString(),
    };
}
