using System.Globalization;
using System.Text.Json.Nodes;
using ArgoCd.Comparison;
using ArgoCd.Health;
using ArgoCd.Json;
using ArgoCd.Live;
using Controllers.Runtime.Client;

namespace ArgoCd.Server.Views;

/// <summary>The tree of an application's resources as the page draws it (<c>ApplicationTree</c>).</summary>
internal static class ResourceTreeView
{
    /// <param name="resources">Managed resources: live ones are roots, desired ones that are missing are leaves.</param>
    /// <param name="live">Every live object.</param>
    public static JsonObject Of(IEnumerable<ManagedResource> resources, IEnumerable<Unstructured> live)
    {
        var tree = new ResourceTree(live);
        var nodes = new List<JsonNode>();
        var seen = new HashSet<ResourceKey>();
        foreach (var resource in resources)
        {
            if (resource.Live is null)
            {
                var missing = Reference(resource.Key, resource.Version, uid: null);
                missing["health"] = new JsonObject { ["status"] = HealthCode.Missing };
                nodes.Add(missing);
                continue;
            }

            nodes.AddRange(tree.Descendants(resource.Live).Where(node => seen.Add(ResourceKey.Of(node))).Select(Node));
        }

        return new JsonObject { ["nodes"] = new JsonArray([.. nodes]) };
    }

    internal static JsonObject Node(Unstructured @object)
    {
        var node = Reference(ResourceKey.Of(@object), @object.Version, @object.Metadata.Uid);
        if (@object.Metadata.OwnerReferences is { Count: > 0 } owners)
        {
            node["parentRefs"] = new JsonArray([.. owners.Select(owner =>
            {
                var group = owner.ApiVersion.Contains('/', StringComparison.Ordinal) ? owner.ApiVersion.Split('/')[0] : "";
                return (JsonNode)Reference(
                    new ResourceKey(group, owner.Kind, @object.Metadata.NamespaceProperty ?? "", owner.Name), owner.ApiVersion.Split('/')[^1], owner.Uid);
            })]);
        }

        if (Info(@object.Json) is { Count: > 0 } info)
        {
            node["info"] = info;
        }

        node["resourceVersion"] = @object.Metadata.ResourceVersion;
        if (ContainerImages.Of(@object.Json) is { Count: > 0 } images)
        {
            node["images"] = new JsonArray([.. images.Select(image => (JsonNode)image)]);
        }

        if (ResourceHealth.Of(@object.Json) is { } health)
        {
            node["health"] = ArgoJson.Write(health);
        }

        if (@object.Metadata.CreationTimestamp is { } created)
        {
            node["createdAt"] = created.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        return node;
    }

    private static JsonObject Reference(ResourceKey key, string version, string? uid)
    {
        var node = new JsonObject();
        if (key.Group.Length > 0)
        {
            node["group"] = key.Group;
        }

        node["version"] = version;
        node["kind"] = key.Kind;
        if (key.Namespace.Length > 0)
        {
            node["namespace"] = key.Namespace;
        }

        node["name"] = key.Name;
        if (uid is not null)
        {
            node["uid"] = uid;
        }

        return node;
    }

    private static JsonArray Info(JsonObject @object)
    {
        var info = new JsonArray();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                info.Add(new JsonObject { ["name"] = name, ["value"] = value });
            }
        }

        switch (@object.Text("kind"))
        {
            case "ReplicaSet" or "Rollout" or "Deployment":
                var revision = @object.Annotation("rollout.argoproj.io/revision") ?? @object.Annotation("deployment.kubernetes.io/revision");
                Add("Revision", revision is null ? null : $"Rev:{revision}");
                break;
            case "Pod":
                Add("Status Reason", @object.Text("metadata", "deletionTimestamp") is null ? @object.Text("status", "reason") ?? @object.Text("status", "phase") : "Terminating");
                var containers = @object.Items("spec", "containers").Count;
                var ready = @object.Objects("status", "containerStatuses").Count(status => status.Flag("ready"));
                Add("Containers", $"{ready}/{containers}");
                break;
        }

        return info;
    }
}
