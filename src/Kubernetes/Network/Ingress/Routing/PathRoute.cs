using Controllers.Runtime;

namespace Kubernetes.Network.Ingress.Routing;

/// <summary>Where the requests of one path of one host go.</summary>
internal sealed record PathRoute
{
    /// <summary>The ingress the path stands in.</summary>
    public required NamespacedName Ingress { get; init; }

    /// <summary>As metrics show it; <c>_</c> for any host.</summary>
    public required string Host { get; init; }

    public required string Path { get; init; }

    /// <summary><c>Exact</c>, <c>Prefix</c> or <c>ImplementationSpecific</c>.</summary>
    public required string PathType { get; init; }

    public required RouteBackend Backend { get; init; }

    public CanaryRoute? Canary { get; init; }

    public bool Matches(string path) => PathType switch
    {
        "Exact" => path == Path,
        "Prefix" => Path == "/" || path == Path || path == Path.TrimEnd('/') || path.StartsWith(Path.TrimEnd('/') + "/", StringComparison.Ordinal),
        _ => path.StartsWith(Path, StringComparison.Ordinal), // nginx: location by prefix
    };
}

/// <summary>An alternative backend for part of a path's requests.</summary>
internal sealed record CanaryRoute(NamespacedName Ingress, CanaryRule Rule, RouteBackend Backend);
