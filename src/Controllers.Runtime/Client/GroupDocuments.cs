using System.Text.Json.Nodes;

namespace Controllers.Runtime.Client;

/// <summary>
/// Discovery before it was aggregated (Kubernetes 1.26 and 1.30): the versions at <c>api</c>, the groups at <c>apis</c>, and the resources of
/// each version at an address of its own. Brought into the form of aggregated discovery.
/// </summary>
internal static class GroupDocuments
{
    /// <param name="client">The server.</param>
    /// <param name="root">An <c>APIVersions</c> or <c>APIGroupList</c>.</param>
    /// <param name="cancel">Ends the requests.</param>
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(ApiClient client, JsonObject root, CancellationToken cancel)
    {
        if (root["versions"] is JsonArray versions)
        {
            var core = versions.Select(version => (Version: $"{version}", Path: $"api/{version}"));
            return [await GroupAsync(client, "", core, cancel)];
        }

        return await Task.WhenAll((root["groups"] as JsonArray ?? []).OfType<JsonObject>().Select(group =>
        {
            var preferred = $"{group["preferredVersion"]?["version"]}";
            var served = (group["versions"] as JsonArray ?? [])
                .Select(version => (Version: $"{version?["version"]}", Path: $"apis/{version?["groupVersion"]}"))
                .OrderBy(version => version.Version != preferred);
            return GroupAsync(client, $"{group["name"]}", served, cancel);
        }));
    }

    private static async Task<JsonObject> GroupAsync(ApiClient client, string name, IEnumerable<(string Version, string Path)> versions, CancellationToken cancel)
    {
        var found = await Task.WhenAll(versions.Select(version => VersionAsync(client, version.Version, version.Path, cancel)));
        return new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["versions"] = new JsonArray([.. found.OfType<JsonNode>()]) };
    }

    /// <summary>Null where the server behind an aggregated API does not answer: the other groups are there all the same.</summary>
    private static async Task<JsonObject?> VersionAsync(ApiClient client, string version, string path, CancellationToken cancel)
    {
        try
        {
            var list = JsonNode.Parse(await client.SendAsync(HttpMethod.Get, path, null, cancel));
            var resources = (list?["resources"] as JsonArray ?? []).OfType<JsonObject>().Where(resource => !$"{resource["name"]}".Contains('/', StringComparison.Ordinal));
            return new JsonObject { ["version"] = version, ["resources"] = new JsonArray([.. resources.Select(Aggregated)]) };
        }
        catch (ApiException missing) when ((int)missing.Code is 404 or 503)
        {
            return null;
        }
    }

    private static JsonNode Aggregated(JsonObject resource) => new JsonObject
    {
        ["resource"] = $"{resource["name"]}",
        ["scope"] = resource["namespaced"]?.GetValue<bool>() == true ? "Namespaced" : "Cluster",
        ["responseKind"] = new JsonObject { ["kind"] = $"{resource["kind"]}" },
        ["verbs"] = resource["verbs"]?.DeepClone() ?? new JsonArray(),
    };
}
