using System.Net;
using k8s;
using Microsoft.Extensions.Logging;

namespace ArgoCd;

/// <summary>What the application controller needs.</summary>
public sealed record ApplicationControllerOptions
{
    /// <summary>The cluster: where Argo CD runs and what <c>https://kubernetes.default.svc</c> means.</summary>
    public required KubernetesClientConfiguration Configuration { get; init; }

    /// <summary>Argo CD's own namespace: Applications, projects, settings and repositories are looked for there.</summary>
    public string Namespace { get; init; } = "argo-cd";

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>Where <c>/healthz</c> and <c>/metrics</c> are served; upstream's port is 8082. Null: nowhere.</summary>
    public IPEndPoint? Metrics { get; init; }

    /// <summary>Called once applications are reconciled.</summary>
    public Action? Started { get; init; }

    /// <summary>Folder for clones of repositories; deleted when the controller stops. Null: a new one below the temporary folder.</summary>
    public string? CacheFolder { get; init; }
}
