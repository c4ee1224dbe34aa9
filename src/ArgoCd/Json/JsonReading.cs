using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArgoCd.Json;

/// <summary>Reads fields of untyped objects; a missing or differently typed field reads as absent, never as an error.</summary>
internal static class JsonReading
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var field in path)
        {
            node = (node as JsonObject)?[field];
        }

        return node;
    }

    public static JsonObject? Object(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path)
        => node.At(path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path)
        => node.At(path) is JsonValue value && value.TryGetValue(out bool flag) && flag;

    /// <summary>A number, or null: text that looks like one does not count.</summary>
    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path)
        => node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (long)number : null;

    /// <summary>A number, or text that is one (Lua's <c>tonumber</c>); null otherwise.</summary>
    public static double? ToNumber(this JsonNode? node)
        => node is JsonValue value
            && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
            && double.TryParse(node.Text() ?? value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IReadOnlyList<JsonNode?> Items(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is JsonArray array ? [.. array] : [];

    public static IEnumerable<JsonObject> Objects(this JsonNode? node, params ReadOnlySpan<string> path) => node.Items(path).OfType<JsonObject>();

    public static IReadOnlyList<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path)
        => [.. node.Items(path).Select(item => item.Text()).OfType<string>()];

    /// <summary>The object at a path, made when it is missing.</summary>
    public static JsonObject Ensure(this JsonObject node, params ReadOnlySpan<string> path)
    {
        foreach (var field in path)
        {
            if (node[field] is not JsonObject child)
            {
                node[field] = child = [];
            }

            node = child;
        }

        return node;
    }

    public static void Remove(this JsonObject node, params ReadOnlySpan<string> path)
    {
        if (path.Length > 0 && node.At(path[..^1]) is JsonObject parent)
        {
            parent.Remove(path[^1]);
        }
    }

    /// <summary>An annotation of an object, or null.</summary>
    public static string? Annotation(this JsonObject @object, string key) => @object.Text("metadata", "annotations", key);
}
