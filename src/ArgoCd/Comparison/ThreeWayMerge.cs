using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Comparison;

/// <summary>
/// What a live object will be once a manifest is applied: <c>kubectl apply</c>'s three-way merge of what was applied last, what is desired and
/// what is there. Fields that only the cluster knows (defaults, status, what other controllers write) stay.
/// Lists of built-in kinds merge by key, as with strategic merge patches; those of custom resources are replaced,
/// unless they differ from the live ones only by what the server added.
/// </summary>
internal static class ThreeWayMerge
{
    /// <param name="lastApplied">The object of the last-applied annotation; null when there is none.</param>
    /// <param name="desired">The manifest.</param>
    /// <param name="live">The object as it is; not changed.</param>
    /// <param name="strategic">Whether lists merge by the keys of <see cref="PatchMeta"/>.</param>
    public static JsonObject Predict(JsonObject? lastApplied, JsonObject desired, JsonObject live, bool strategic)
        => Object(lastApplied, desired, live, strategic, "");

    /// <summary>Whether a live value differs from the desired one at most by fields that the desired one leaves open.</summary>
    public static bool Covers(JsonNode? desired, JsonNode? live) => (desired, live) switch
    {
        (JsonObject wanted, JsonObject actual) => wanted.All(field => actual.ContainsKey(field.Key) && Covers(field.Value, actual[field.Key])),
        (JsonArray wanted, JsonArray actual) => wanted.Count == actual.Count && wanted.Zip(actual).All(pair => Covers(pair.First, pair.Second)),
        _ => Values.Same(desired, live),
    };

    private static JsonObject Object(JsonObject? lastApplied, JsonObject desired, JsonObject live, bool strategic, string name)
    {
        var result = (JsonObject)live.DeepClone();
        foreach (var (field, _) in lastApplied ?? [])
        {
            if (!desired.ContainsKey(field))
            {
                result.Remove(field);
            }
        }

        foreach (var (field, wanted) in desired)
        {
            if (wanted is null)
            {
                result.Remove(field); // null in a patch means: not there
                continue;
            }

            result[field] = Value(lastApplied?[field], wanted, live[field], strategic, field, name);
        }

        return result;
    }

    private static JsonNode? Value(JsonNode? lastApplied, JsonNode wanted, JsonNode? live, bool strategic, string field, string parent)
    {
        switch (wanted, live)
        {
            case (JsonObject desired, JsonObject actual):
                return Object(lastApplied as JsonObject, desired, actual, strategic, field);
            case (JsonArray desired, JsonArray actual):
                return Array(lastApplied as JsonArray, desired, actual, strategic, field, parent);
            default:
                return Values.Same(wanted, live) ? live?.DeepClone() : wanted.DeepClone();
        }
    }

    private static JsonArray Array(JsonArray? lastApplied, JsonArray desired, JsonArray live, bool strategic, string field, string parent)
    {
        if (strategic && PatchMeta.MergeKey(field, parent) is { } key && KeyedList.CanMerge(key, desired, live))
        {
            return KeyedList.Merge(key, lastApplied, desired, live, (before, wanted, actual) => Object(before, wanted, actual, strategic, field));
        }

        if (strategic && PatchMeta.IsSet(field))
        {
            return Set(lastApplied, desired, live);
        }

        // what the server added inside the items is not a difference, unless it is something that was applied and is no longer wanted
        var unchanged = Covers(desired, live) && (lastApplied is null || Covers(Common(lastApplied, live), desired));
        return (JsonArray)(unchanged ? live : desired).DeepClone();
    }

    private static JsonArray Set(JsonArray? lastApplied, JsonArray desired, JsonArray live)
    {
        var wanted = desired.Texts();
        var dropped = (lastApplied?.Texts() ?? []).Except(wanted);
        return [.. wanted.Union(live.Texts().Except(dropped)).Select(text => (JsonNode)text)];
    }

    /// <summary>What was applied before and is still live.</summary>
    private static JsonNode? Common(JsonNode? lastApplied, JsonNode? live)
    {
        switch (lastApplied, live)
        {
            case (JsonObject before, JsonObject actual):
                var common = new JsonObject();
                foreach (var (field, value) in before)
                {
                    if (actual.ContainsKey(field))
                    {
                        common[field] = Common(value, actual[field]);
                    }
                }

                return common;
            case (JsonArray before, JsonArray actual) when before.Count == actual.Count:
                return new JsonArray([.. before.Zip(actual).Select(pair => Common(pair.First, pair.Second))]);
            default:
                return live?.DeepClone();
        }
    }
}
