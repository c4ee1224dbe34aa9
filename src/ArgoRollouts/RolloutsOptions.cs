using System.Net;
using k8s;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts;

/// <summary>What the Rollouts controller needs to run; everything else it finds in the Kubernetes API.</summary>
public sealed record RolloutsOptions
{
    /// <summary>Server, trust and credentials, usually those of the pod's service account.</summary>
    public required KubernetesClientConfiguration Configuration { get; init; }

    /// <summary>The namespace of the controller itself, where its Lease is.</summary>
    public string Namespace { get; init; } = "argo-rollouts";

    /// <summary>Identity as a leader: the pod's name.</summary>
    public required string PodName { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Where /metrics is served (port 8090 upstream); null: nowhere.</summary>
    public IPEndPoint? Metrics { get; init; }

    /// <summary>Where /healthz is served (port 8080 upstream); null: nowhere.</summary>
    public IPEndPoint? Health { get; init; }

    /// <summary>How metric providers reach names of the cluster; null: as the operating system does.</summary>
    public Func<HttpMessageHandler>? HttpHandler { get; init; }

    /// <summary>Version that argo_rollouts_controller_info shows.</summary>
    public string Version { get; init; } = "v1.9.1";

    /// <summary>Rollouts reconciled at the same time (upstream's --rollout-threads).</summary>
    public int RolloutThreads { get; init; } = 10;

    /// <summary>AnalysisRuns reconciled at the same time (upstream's --analysis-threads).</summary>
    public int AnalysisThreads { get; init; } = 30;

    /// <summary>Environment variables of the container, e.g. ARGO_ROLLOUTS_PROMETHEUS_ADDRESS.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
