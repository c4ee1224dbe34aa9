using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Comparison;

/// <summary>Lists whose items are known by a key, as strategic merge patches merge them.</summary>
internal static class KeyedList
{
    /// <summary>Whether every item is an object with its own key; a list that is not is replaced whole.</summary>
    public static bool CanMerge(string[] key, JsonArray desired, JsonArray live)
        => HasKeys(key, desired) && HasKeys(key, live);

    /// <summary>
    /// Items are merged with their live counterparts, added when the cluster lacks them and dropped when they were applied before and are no longer wanted;
    /// what only the cluster has stays. The live order is kept when it agrees with the desired one.
    /// </summary>
    public static JsonArray Merge(
        string[] key, JsonArray? lastApplied, JsonArray desired, JsonArray live, Func<JsonObject?, JsonObject, JsonObject, JsonObject> merge)
    {
        var before = Index(key, lastApplied ?? []);
        var wanted = Index(key, desired);
        var actual = Index(key, live);

        JsonObject Merged(string name) => actual.TryGetValue(name, out var there)
            ? merge(before.GetValueOrDefault(name), wanted[name], there)
            : (JsonObject)wanted[name].DeepClone();

        var kept = actual.Keys.Where(name => wanted.ContainsKey(name) || !before.ContainsKey(name)).ToList();
        var inLiveOrder = kept.Where(wanted.ContainsKey).SequenceEqual(wanted.Keys.Where(actual.ContainsKey));
        var names = inLiveOrder
            ? kept.Concat(wanted.Keys.Where(name => !actual.ContainsKey(name)))
            : wanted.Keys.Concat(kept.Where(name => !wanted.ContainsKey(name)));
        return [.. names.ToList().Select(name => (JsonNode)(wanted.ContainsKey(name) ? Merged(name) : (JsonObject)actual[name].DeepClone()))];
    }

    private static bool HasKeys(string[] key, JsonArray list)
    {
        var names = list.Select(item => item is JsonObject @object && @object.ContainsKey(key[0]) ? Name(key, @object) : null).ToList();
        return names.TrueForAll(name => name is not null) && names.Distinct().Count() == names.Count;
    }

    private static Dictionary<string, JsonObject> Index(string[] key, JsonArray list)
    {
        var index = new Dictionary<string, JsonObject>(); // enumerates in the order of insertion, as nothing is removed
        foreach (var item in list.Objects())
        {
            index.TryAdd(Name(key, item), item);
        }

        return index;
    }

    private static string Name(string[] key, JsonObject item)
        => string.Join('/', key.Select(field => item[field]?.ToString() ?? (field == "protocol" ? "TCP" : "")));
}
