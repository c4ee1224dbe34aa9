using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;

namespace Kubernetes.Api.Discovery;

/// <summary>The documents by which clients learn what is served, plain and aggregated (KEP-3352).</summary>
internal static class DiscoveryDocuments
{
    /// <summary>Every path that can be asked without naming a resource.</summary>
    public static IEnumerable<string> Paths(IEnumerable<ResourceInfo> resources)
    {
        var groups = resources.Where(resource => resource.Group.Length > 0).ToList();
        return
        [
            "/api", "/api/v1", "/apis", "/apis/", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/openapi/v3/", "/readyz", "/version",
            .. groups.Select(resource => $"/apis/{resource.Group}").Distinct(),
            .. groups.Select(resource => $"/apis/{resource.Group}/{resource.Version}").Distinct(),
        ];
    }

    public static JsonObject CoreVersions() => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(),
    };

    public static JsonObject GroupList(IEnumerable<ResourceInfo> resources) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. Groups(resources).Where(group => group.Name.Length > 0).Select(group => Group(group.Name, group.Versions))]),
    };

    public static JsonObject? Group(IEnumerable<ResourceInfo> resources, string name)
    {
        var group = Groups(resources).FirstOrDefault(group => group.Name == name);
        if (group.Name is null)
        {
            return null;
        }
        var document = Group(group.Name, group.Versions);
        document["kind"] = "APIGroup";
        document["apiVersion"] = "v1";
        return document;
    }

    public static JsonObject ResourceList(IEnumerable<ResourceInfo> resources, string group, string version)
    {
        var entries = new JsonArray();
        foreach (var resource in resources.Where(resource => resource.Group == group && resource.Version == version))
        {
            entries.Add((JsonNode)Plain(resource));
            foreach (var sub in SubresourceTable.Of(resource))
            {
                var entry = new JsonObject
                {
                    ["name"] = $"{resource.Plural}/{sub.Name}", ["singularName"] = "", ["namespaced"] = resource.Namespaced, ["kind"] = sub.Kind, ["verbs"] = Array(sub.Verbs),
                };
                if (sub.Group != group || sub.Version != version)
                {
                    entry["group"] = sub.Group;
                    entry["version"] = sub.Version;
                }
                entries.Add((JsonNode)entry);
            }
        }
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = entries,
        };
    }

    /// <summary>APIGroupDiscoveryList of apidiscovery.k8s.io; core alone for /api, all others for /apis.</summary>
    public static JsonObject Aggregated(IReadOnlyCollection<ResourceInfo> resources, bool core, string version)
    {
        var items = new JsonArray();
        foreach (var (name, versions) in Groups(resources).Where(group => group.Name.Length == 0 == core))
        {
            items.Add((JsonNode)new JsonObject
            {
                ["metadata"] = core ? new JsonObject() : new JsonObject { ["name"] = name },
                ["versions"] = new JsonArray([.. versions.Select(served => Version(resources, name, served))]),
            });
        }
        return new JsonObject { ["kind"] = "APIGroupDiscoveryList", ["apiVersion"] = $"apidiscovery.k8s.io/{version}", ["metadata"] = new JsonObject(), ["items"] = items };
    }

    private static JsonObject Version(IEnumerable<ResourceInfo> resources, string group, string version) => new()
    {
        ["version"] = version,
        ["resources"] = new JsonArray([.. resources.Where(resource => resource.Group == group && resource.Version == version).Select(Discovered)]),
        ["freshness"] = "Current",
    };

    private static JsonObject Discovered(ResourceInfo resource)
    {
        var entry = new JsonObject
        {
            ["resource"] = resource.Plural,
            ["responseKind"] = Kind(resource.Group, resource.Version, resource.Kind),
            ["scope"] = resource.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = resource.Singular,
            ["verbs"] = Array(resource.Verbs),
        };
        AddNames(entry, resource);
        if (resource.Subresources.Length > 0)
        {
            entry["subresources"] = new JsonArray([.. SubresourceTable.Of(resource).Select(sub => new JsonObject
            {
                ["subresource"] = sub.Name, ["responseKind"] = Kind(sub.Group, sub.Version, sub.Kind), ["verbs"] = Array(sub.Verbs),
            })]);
        }
        return entry;
    }

    private static JsonObject Plain(ResourceInfo resource)
    {
        var entry = new JsonObject
        {
            ["name"] = resource.Plural, ["singularName"] = resource.Singular, ["namespaced"] = resource.Namespaced, ["kind"] = resource.Kind, ["verbs"] = Array(resource.Verbs),
        };
        AddNames(entry, resource);
        return entry;
    }

    private static void AddNames(JsonObject entry, ResourceInfo resource)
    {
        if (resource.ShortNames.Length > 0)
        {
            entry["shortNames"] = Array(resource.ShortNames);
        }
        if (resource.Categories.Length > 0)
        {
            entry["categories"] = Array(resource.Categories);
        }
    }

    private static JsonObject Group(string name, IReadOnlyList<string> versions)
    {
        JsonObject Entry(string version) => new() { ["groupVersion"] = $"{name}/{version}", ["version"] = version };
        return new JsonObject
        {
            ["name"] = name,
            ["versions"] = new JsonArray([.. versions.Select(Entry)]),
            ["preferredVersion"] = Entry(versions[0]),
        };
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Versions)> Groups(IEnumerable<ResourceInfo> resources) =>
        resources.GroupBy(resource => resource.Group).Select(group => (group.Key,
            (IReadOnlyList<string>)[.. group.Select(resource => resource.Version).Distinct().OrderDescending(VersionPriority.Instance)]));

    private static JsonObject Kind(string group, string version, string kind) => new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
