using System.Text.Json.Nodes;

namespace ArgoRollouts.Models;

/// <summary>The traffic provider that weights are set on. Only nginx is acted upon here.</summary>
public sealed class RolloutTrafficRouting
{
    public JsonNode? Istio { get; set; }

    public NginxTrafficRouting? Nginx { get; set; }

    public AlbTrafficRouting? Alb { get; set; }

    public SmiTrafficRouting? Smi { get; set; }

    public AmbassadorTrafficRouting? Ambassador { get; set; }

    public JsonNode? AppMesh { get; set; }

    public TraefikTrafficRouting? Traefik { get; set; }

    public List<ManagedRoute>? ManagedRoutes { get; set; }

    public JsonNode? Apisix { get; set; }

    public IDictionary<string, JsonNode?>? Plugins { get; set; }

    /// <summary>Default 100; other values for nginx and plugins only.</summary>
    public int? MaxTrafficWeight { get; set; }
}

/// <summary>Canary ingresses of ingress-nginx (docs/features/traffic-management/nginx.md).</summary>
public sealed class NginxTrafficRouting
{
    /// <summary>Default nginx.ingress.kubernetes.io.</summary>
    public string? AnnotationPrefix { get; set; }

    public string? StableIngress { get; set; }

    public IDictionary<string, string>? AdditionalIngressAnnotations { get; set; }

    public List<string>? StableIngresses { get; set; }

    public IDictionary<string, string>? CanaryIngressAnnotations { get; set; }
}

/// <summary>AWS load balancer controller.</summary>
public sealed class AlbTrafficRouting
{
    public string? Ingress { get; set; }

    public int ServicePort { get; set; }

    public string? RootService { get; set; }

    public string? AnnotationPrefix { get; set; }

    public StickinessConfig? StickinessConfig { get; set; }

    public List<string>? Ingresses { get; set; }
}

/// <summary>Duration-based stickiness of target groups, in seconds.</summary>
public sealed class StickinessConfig
{
    public bool Enabled { get; set; }

    public long DurationSeconds { get; set; }
}

/// <summary>Service Mesh Interface.</summary>
public sealed class SmiTrafficRouting
{
    public string? RootService { get; set; }

    public string? TrafficSplitName { get; set; }
}

/// <summary>Ambassador mappings.</summary>
public sealed class AmbassadorTrafficRouting
{
    public List<string> Mappings { get; set; } = [];
}

/// <summary>Traefik's weighted service.</summary>
public sealed class TraefikTrafficRouting
{
    public string WeightedTraefikServiceName { get; set; } = "";
}

/// <summary>A route that Argo Rollouts owns; the order is the precedence.</summary>
public sealed class ManagedRoute
{
    public string Name { get; set; } = "";
}
