using System.Text.Json.Nodes;

namespace Transcripts;

/// <summary>
/// What is left out of the comparison, each with its reason: <c># @newer POINTER: reason</c> where the recorded server is too old,
/// <c># @varies POINTER: reason</c> where two servers cannot agree, <c># @limit POINTER: reason</c> for what docs/limits.md leaves out. A pointer is a JSON pointer into the answer
/// (<c>/body/spec/x</c>, <c>/code</c>); <c>**</c> stands for any path and <c>*</c> for one step; <c>**</c> alone skips the answer.
/// </summary>
public static class Exceptions
{
    /// <param name="Pointer">Where.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Place(string Pointer, string Reason);

    /// <summary>The answer without the places.</summary>
    public static JsonNode Without(JsonNode answer, IEnumerable<Place> places)
    {
        var copy = answer.DeepClone();
        foreach (var place in places)
        {
            Remove(copy, place.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries));
        }

        return copy;
    }

    private static void Remove(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (path is ["**", .. var rest])
        {
            if (rest.IsEmpty)
            {
                (node as JsonObject)?.Clear();
                return;
            }

            Remove(node, rest);
            foreach (var child in Children(node))
            {
                Remove(child, path);
            }

            return;
        }

        var step = path[0].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        if (path.Length > 1)
        {
            foreach (var child in step == "*" ? Children(node) : Child(node, step))
            {
                Remove(child, path[1..]);
            }
        }
        else if (node is JsonObject fields)
        {
            fields.Remove(step);
        }
        else if (node is JsonArray items && int.TryParse(step, out var index) && index < items.Count)
        {
            items.RemoveAt(index);
        }
    }

    private static JsonNode?[] Children(JsonNode? node) => node switch
    {
        JsonObject fields => [.. fields.Select(field => field.Value)],
        JsonArray items => [.. items],
        _ => [],
    };

    private static JsonNode?[] Child(JsonNode? node, string step) => node switch
    {
        JsonObject fields when fields.TryGetPropertyValue(step, out var value) => [value],
        JsonArray items when int.TryParse(step, out var index) && index < items.Count => [items[index]],
        _ => [],
    };
}
