using System.Net;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Network.Ingress;

/// <summary>What an ingress controller needs to run: access to the Kubernetes API, and addresses to listen on.</summary>
public sealed record IngressOptions
{
    public required KubernetesClientConfiguration Configuration { get; init; }

    /// <summary>Where it takes requests.</summary>
    public required IPEndPoint Http { get; init; }

    /// <summary>Where it serves <c>/metrics</c> and <c>/healthz</c>.</summary>
    public required IPEndPoint Metrics { get; init; }

    public required string PodNamespace { get; init; }

    public required string PodName { get; init; }

    /// <summary>Value of the older class annotation that it serves.</summary>
    public string IngressClass { get; init; } = "nginx";

    /// <summary>Ingress classes with this controller are its own.</summary>
    public string ControllerClass { get; init; } = "k8s.io/ingress-nginx";

    /// <summary>The service whose address goes into the status of ingresses; null: none is written.</summary>
    public NamespacedName? PublishService { get; init; }

    /// <summary>EndpointSlices in the version that the cluster serves.</summary>
    public Resource<V1EndpointSlice> EndpointSlices { get; init; } = Resources.EndpointSlices;

    /// <summary>Decides which requests go to a canary.</summary>
    public Random Random { get; init; } = new(Guid.NewGuid().GetHashCode());

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
