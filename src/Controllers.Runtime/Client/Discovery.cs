using System.Text.Json.Nodes;

namespace Controllers.Runtime.Client;

/// <summary>One resource type that a server serves, as its discovery documents say (subresources left out).</summary>
public sealed record ServedResource(Resource<Unstructured> Resource, IReadOnlySet<string> Verbs, bool Preferred)
{
    /// <summary>Whether the resource can be listed and watched, and its objects deleted: what collectors and caches ask.</summary>
    public bool Supports(params ReadOnlySpan<string> verbs)
    {
        foreach (var verb in verbs)
        {
            if (!Verbs.Contains(verb))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>
/// What a server serves, read from its aggregated discovery, or document by document from a server that has none (client-go's discovery
/// client and RESTMapper).
/// </summary>
public sealed class Discovery
{
    private readonly Dictionary<(string ApiVersion, string Kind), ServedResource> _byKind;

    private Discovery(IReadOnlyList<ServedResource> resources)
    {
        Resources = resources;
        _byKind = resources.ToDictionary(served => (served.Resource.ApiVersion, served.Resource.Kind));
    }

    /// <summary>Every resource in every served version.</summary>
    public IReadOnlyList<ServedResource> Resources { get; }

    /// <summary>Every resource once, in its group's preferred version.</summary>
    public IEnumerable<ServedResource> PreferredResources => Resources.Where(served => served.Preferred);

    /// <summary>The resource of a kind, or null when the server does not serve it.</summary>
    public ServedResource? Find(string apiVersion, string kind) => _byKind.GetValueOrDefault((apiVersion, kind));

    /// <summary>Asks the server: two requests, or one more for each group's version where discovery is not aggregated.</summary>
    public static async Task<Discovery> ReadAsync(ApiClient client, CancellationToken cancel = default)
    {
        var found = new List<ServedResource>();
        foreach (var root in (string[])["api", "apis"])
        {
            var document = (JsonObject)JsonNode.Parse(await client.DiscoverAsync(root, cancel))!;
            foreach (var group in Text(document["kind"]) == "APIGroupDiscoveryList" ? Objects(document["items"]) : await GroupDocuments.ReadAsync(client, document, cancel))
            {
                AddGroup(group, found);
            }
        }

        return new Discovery(found);
    }

    /// <param name="group">As aggregated discovery shows it: its versions, the preferred one first, with their resources.</param>
    /// <param name="found">What is added to.</param>
    private static void AddGroup(JsonObject group, List<ServedResource> found)
    {
        var name = Text(group["metadata"]?["name"]);
        var known = new HashSet<string>();
        foreach (var version in Objects(group["versions"]))
        {
            foreach (var resource in Objects(version["resources"]))
            {
                var plural = Text(resource["resource"]);
                var type = new Resource<Unstructured>(
                    name, Text(version["version"]), plural, Text(resource["responseKind"]?["kind"]), Text(resource["scope"]) == "Namespaced");
                var verbs = (resource["verbs"] as JsonArray ?? []).Select(Text).ToHashSet();
                found.Add(new ServedResource(type, verbs, Preferred: known.Add(plural)));
            }
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? array) => (array as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
