using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Authorization;

/// <summary>One rule of a role (rbac/v1 PolicyRule; kubernetes pkg/apis/rbac/v1/evaluation_helpers.go).</summary>
internal sealed record PolicyRule(string[] Verbs, string[] Groups, string[] Resources, string[] Names, string[] Paths)
{
    public static PolicyRule From(JsonObject rule) => new(
        [.. rule.Texts("verbs")], [.. rule.Texts("apiGroups")], [.. rule.Texts("resources")], [.. rule.Texts("resourceNames")], [.. rule.Texts("nonResourceURLs")]);

    public bool Allows(AccessAttributes asked) =>
        (Verbs.Contains("*") || Verbs.Contains(asked.Verb)) && (asked.Path is { } path ? AllowsPath(path) : AllowsResource(asked));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["verbs"] = List(Verbs) };
        foreach (var (name, values) in ((string, string[])[])[("apiGroups", Groups), ("resources", Resources), ("resourceNames", Names), ("nonResourceURLs", Paths)])
        {
            if (values.Length > 0)
            {
                json[name] = List(values);
            }
        }
        return json;
    }

    private static JsonArray List(string[] values) => new([.. values.Select(value => (JsonNode)value)]);

    private bool AllowsPath(string path) => Paths.Any(allowed =>
        allowed == "*" || allowed == path || (allowed.EndsWith('*') && path.StartsWith(allowed[..^1], StringComparison.Ordinal)));

    private bool AllowsResource(AccessAttributes asked)
    {
        var slash = asked.Resource.IndexOf('/');
        var anySubresource = slash < 0 ? null : "*" + asked.Resource[slash..];
        return (Groups.Contains("*") || Groups.Contains(asked.Group))
            && (Resources.Contains("*") || Resources.Contains(asked.Resource) || (anySubresource is not null && Resources.Contains(anySubresource)))
            && (Names.Length == 0 || Names.Contains(asked.Name));
    }
}
