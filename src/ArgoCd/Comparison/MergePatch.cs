using System.Text.Json.Nodes;

namespace ArgoCd.Comparison;

/// <summary>JSON merge patches (RFC 7386).</summary>
internal static class MergePatch
{
    /// <summary>The patch that makes <paramref name="after"/> of <paramref name="before"/>; empty when they are the same.</summary>
    public static JsonObject Create(JsonObject before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (var (field, _) in before)
        {
            if (!after.ContainsKey(field))
            {
                patch[field] = null;
            }
        }

        foreach (var (field, value) in after)
        {
            if (!before.ContainsKey(field))
            {
                patch[field] = value?.DeepClone();
            }
            else if (value is JsonObject inner && before[field] is JsonObject innerBefore)
            {
                var nested = Create(innerBefore, inner);
                if (nested.Count > 0)
                {
                    patch[field] = nested;
                }
            }
            else if (!Values.Same(before[field], value))
            {
                patch[field] = value?.DeepClone();
            }
        }

        return patch;
    }
}
