using Controllers.Runtime;

namespace Kubernetes.Network.Ingress.Routing;

/// <summary>All routes at one moment. It is replaced whole, so that a request sees either the old or the new ones.</summary>
internal sealed class RouteTable
{
    private readonly Dictionary<string, List<PathRoute>> _byHost;
    private readonly PathRoute? _default;

    /// <param name="routes">Every path of every host; <c>_</c> is any host.</param>
    /// <param name="default">Where requests go that match nothing, or null.</param>
    public RouteTable(IEnumerable<PathRoute> routes, PathRoute? @default)
    {
        _default = @default;
        _byHost = routes.GroupBy(route => route.Host).ToDictionary(
            group => group.Key,
            group => group.OrderBy(route => route.PathType == "Exact" ? 0 : 1).ThenByDescending(route => route.Path.Length).ToList());
        Ingresses = _byHost.Values.SelectMany(paths => paths).Append(@default).OfType<PathRoute>().Select(route => route.Ingress).ToHashSet();
    }

    /// <summary>The ingresses that requests are counted for; one that only adds a canary to another's path is counted with that.</summary>
    public IReadOnlySet<NamespacedName> Ingresses { get; }

    public static RouteTable Empty { get; } = new([], null);

    /// <summary>The route of a request: the exact host, then a wildcard one, then any host; then the default backend.</summary>
    public PathRoute? Find(string host, string path)
    {
        var rules = _byHost.GetValueOrDefault(host.ToLowerInvariant()) ?? Wildcard(host) ?? _byHost.GetValueOrDefault("_");
        return rules?.Find(route => route.Matches(path)) ?? _default;
    }

    // *.example.com stands for exactly one label
    private List<PathRoute>? Wildcard(string host)
        => host.IndexOf('.') is var dot and > 0 ? _byHost.GetValueOrDefault($"*{host[dot..].ToLowerInvariant()}") : null;
}
