using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArgoCd.Comparison;

/// <summary>When two JSON values mean the same: numbers by value, however they are written.</summary>
internal static class Values
{
    public static bool Same(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (null, null) => true,
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(field => b.ContainsKey(field.Key) && Same(field.Value, b[field.Key])),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (JsonValue a, JsonValue b) => JsonNode.DeepEquals(a, b) || SameNumber(a, b),
        _ => false,
    };

    private static bool SameNumber(JsonValue left, JsonValue right)
        => left.GetValueKind() == JsonValueKind.Number
            && right.GetValueKind() == JsonValueKind.Number
            && decimal.TryParse(left.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var a)
            && decimal.TryParse(right.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var b)
            && a == b;
}
