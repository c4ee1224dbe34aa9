using Controllers.Runtime;
using k8s.Models;
using Kubernetes.Network.Services;

namespace Kubernetes.Network.Ingress.Routing;

/// <summary>Makes the route table of the observed objects.</summary>
internal static class RouteTableFrom
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";

    /// <param name="ingresses">All ingresses; those of other classes are left out.</param>
    /// <param name="classes">Names of the ingress classes that are this controller's.</param>
    /// <param name="service">Finds a service.</param>
    /// <param name="slices">A service's EndpointSlices.</param>
    public static RouteTable Observed(
        IEnumerable<V1Ingress> ingresses,
        IReadOnlySet<string> classes,
        Func<NamespacedName, V1Service?> service,
        Func<NamespacedName, IEnumerable<V1EndpointSlice>> slices)
    {
        var ours = ingresses.Where(ingress => IsOurs(ingress, classes))
            .OrderBy(ingress => ingress.Metadata.CreationTimestamp).ThenBy(ingress => ingress.Metadata.Name, StringComparer.Ordinal).ToList();
        var resolver = new BackendResolver(service, slices);
        var routes = new Dictionary<(string Host, string Path, string Type), PathRoute>();
        PathRoute? @default = null;
        foreach (var ingress in ours.Where(ingress => !CanaryRule.IsCanary(ingress)))
        {
            foreach (var route in Paths(ingress, resolver))
            {
                routes.TryAdd((route.Host, route.Path, route.PathType), route); // the older ingress wins
            }

            if (ingress.Spec.DefaultBackend is { } backend)
            {
                @default ??= Route(ingress, "_", "/", "Prefix", backend, resolver);
            }
        }

        foreach (var canary in ours.Where(CanaryRule.IsCanary))
        {
            foreach (var path in Paths(canary, resolver))
            {
                if (routes.TryGetValue((path.Host, path.Path, path.PathType), out var main) && main.Canary is null)
                {
                    var alternative = new CanaryRoute(path.Ingress, CanaryRule.Of(canary), path.Backend);
                    routes[(path.Host, path.Path, path.PathType)] = main with { Canary = alternative };
                }
            }
        }

        return new RouteTable(routes.Values, @default);
    }

    public static bool IsOurs(V1Ingress ingress, IReadOnlySet<string> classes)
        => (ingress.Spec?.IngressClassName ?? ingress.Metadata.Annotation(ClassAnnotation)) is { } name && classes.Contains(name);

    private static IEnumerable<PathRoute> Paths(V1Ingress ingress, BackendResolver resolver)
        => from rule in ingress.Spec.Rules ?? []
           from path in rule.Http?.Paths ?? []
           let host = string.IsNullOrEmpty(rule.Host) ? "_" : rule.Host.ToLowerInvariant()
           let text = string.IsNullOrEmpty(path.Path) ? "/" : path.Path
           select Route(ingress, host, text, path.PathType ?? "ImplementationSpecific", path.Backend, resolver);

    private static PathRoute Route(V1Ingress ingress, string host, string path, string type, V1IngressBackend backend, BackendResolver resolver) => new()
    {
        Ingress = NamespacedName.Of(ingress),
        Host = host,
        Path = path,
        PathType = type,
        Backend = resolver.Resolve(ingress.Metadata.NamespaceProperty, backend),
    };

    private sealed class BackendResolver(Func<NamespacedName, V1Service?> service, Func<NamespacedName, IEnumerable<V1EndpointSlice>> slices)
    {
        private readonly Dictionary<(NamespacedName Service, string Port), RouteBackend> _resolved = [];

        public RouteBackend Resolve(string @namespace, V1IngressBackend backend)
        {
            var name = new NamespacedName(@namespace, backend.Service?.Name ?? "");
            var port = backend.Service?.Port?.Name is { Length: > 0 } named ? named : $"{backend.Service?.Port?.Number}";
            if (!_resolved.TryGetValue((name, port), out var found))
            {
                var offered = service(name) is { } observed ? ServiceBackends.FindPort(observed, port) : null;
                found = new RouteBackend(name, offered is not null, offered is null ? [] : ServiceBackends.For(slices(name), offered.Name));
                _resolved[(name, port)] = found;
            }

            return found;
        }
    }
}
