using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api.Upstream;

/// <summary>What two schemas say differently about the fields that both describe.</summary>
internal static class SchemaDifferences
{
    private static readonly string[] Sets = ["required", "enum", "x-kubernetes-list-map-keys"];
    private static readonly string[] Values = ["format", "default", "x-kubernetes-list-type", "x-kubernetes-map-type", "minimum", "maximum", "pattern"];

    public static IEnumerable<string> Between(JsonObject theirs, JsonObject ours, string path = "spec")
    {
        var described = ours["properties"] as JsonObject ?? [];
        foreach (var set in Sets)
        {
            // what ours leaves open below this place it cannot ask for
            var open = ours["properties"] is null && set == "required";
            var (upstream, own) = (Names(theirs, set), Names(ours, set));
            if (!open && !upstream.SetEquals(own) && !(set == "required" && upstream.Where(described.ContainsKey).ToHashSet().SetEquals(own)))
            {
                yield return $"{path}: {set} [{string.Join(' ', upstream)}] upstream, [{string.Join(' ', own)}] here";
            }
        }
        foreach (var name in Values.Where(name => !JsonNode.DeepEquals(theirs[name], ours[name])))
        {
            yield return $"{path}: {name} {theirs[name]?.ToJsonString() ?? "not stated"} upstream, {ours[name]?.ToJsonString() ?? "not stated"} here";
        }
        foreach (var (name, property) in described)
        {
            foreach (var inner in Below(theirs["properties"]?[name], property, $"{path}.{name}"))
            {
                yield return inner;
            }
        }
        foreach (var inner in Below(theirs["items"], ours["items"], $"{path}[]").Concat(Below(theirs["additionalProperties"], ours["additionalProperties"], $"{path}.*")))
        {
            yield return inner;
        }
    }

    private static IEnumerable<string> Below(JsonNode? theirs, JsonNode? ours, string path) => theirs is JsonObject upstream && ours is JsonObject own ? Between(upstream, own, path) : [];

    private static HashSet<string> Names(JsonObject schema, string key) => [.. (schema[key] as JsonArray ?? []).Select(name => name?.ToString() ?? "null")];
}
