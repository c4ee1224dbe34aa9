using System.Globalization;
using System.Text.Json.Nodes;

namespace Transcripts;

/// <summary>RFC 6901, as far as transcripts need it.</summary>
internal static class JsonPointer
{
    /// <summary>What is there; null when nothing is.</summary>
    public static JsonNode? Find(JsonNode? node, string pointer)
    {
        foreach (var step in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node is JsonArray items ? items.ElementAtOrDefault(int.Parse(step, CultureInfo.InvariantCulture)) : node?[step.Replace("~1", "/", StringComparison.Ordinal)];
        }

        return node;
    }
}
