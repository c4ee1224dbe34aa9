namespace Kubernetes.Api.Requests;

/// <summary>What a resource path names (apiserver endpoints/request/requestinfo.go).</summary>
internal sealed record RequestInfo(string Group, string Version, string? Namespace, string Plural, string? Name, string? Subresource)
{
    private static readonly string[] NamespaceSubresources = ["status", "finalize"];

    /// <summary>Null: not the path of a resource. Segments are those after /api/v1 or /apis/GROUP/VERSION.</summary>
    public static RequestInfo? Parse(string group, string version, ReadOnlySpan<string> segments)
    {
        if (segments.Length == 0)
        {
            return null;
        }
        string? space = null;
        if (segments[0] == "namespaces" && segments.Length > 2 && !(group.Length == 0 && segments.Length == 3 && NamespaceSubresources.Contains(segments[2])))
        {
            space = segments[1];
            segments = segments[2..];
        }
        return segments.Length switch
        {
            1 => new RequestInfo(group, version, space, segments[0], null, null),
            2 => new RequestInfo(group, version, space, segments[0], segments[1], null),
            3 => new RequestInfo(group, version, space, segments[0], segments[1], segments[2]),
            _ => null,
        };
    }
}
