using System.Text.Json.Nodes;

namespace Transcripts;

/// <summary>
/// What is left out of the comparison, each with its reason:
/// <c># @varies POINTER: reason</c> where two servers cannot agree, <c># @limit POINTER: reason</c> for what docs/limits.md leaves out. A pointer is a JSON pointer into the answer
/// (<c>/body/spec/x</c>, <c>/code</c>); <c>**</c> stands for any path and <c>*</c> for one step; with <c>=JSON</c> at its end only that value is left out (<c>**/resources={}</c>). <c># @limit ** is CODE WORD: reason</c> leaves out the
/// whole answer of the recorded server, and says what is expected in its place: the status code, and the kind or the reason of the body.
/// </summary>
public static class Exceptions
{
    /// <param name="Pointer">Where.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Instead">Of a whole answer: its status code, and its kind or reason.</param>
    public sealed record Place(string Pointer, string Reason, (int Code, string Word)? Instead = null)
    {
        /// <exception cref="FormatException">It is in no such form.</exception>
        public static Place Parse(string text, string step)
        {
            if (text.Split(": ", 2) is not [var pointer, var reason])
            {
                throw new FormatException($"step '{step}': what is left out needs a reason: POINTER: reason");
            }

            if (pointer.Split(" is ") is ["**", var expected] && expected.Split(' ') is [var code, var word] && int.TryParse(code, out var number))
            {
                return new Place("**", reason, (number, word));
            }

            return pointer != "**" ? new Place(pointer, reason) : throw new FormatException($"step '{step}': say what is expected in place of the whole answer: ** is 201 Pod: reason");
        }
    }

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
            Remove(node, rest);
            foreach (var child in Children(node))
            {
                Remove(child, path);
            }

            return;
        }

        var (name, only) = path.Length == 1 && path[0].Split('=', 2) is [var left, var right] ? (left, JsonNode.Parse(right)) : (path[0], null);
        var step = name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        if (path.Length > 1)
        {
            foreach (var child in step == "*" ? Children(node) : Child(node, step))
            {
                Remove(child, path[1..]);
            }
        }
        else if (node is JsonObject fields)
        {
            if (only is null || JsonNode.DeepEquals(fields[step], only))
            {
                fields.Remove(step);
            }
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
