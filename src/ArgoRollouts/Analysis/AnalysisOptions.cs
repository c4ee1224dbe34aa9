using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArgoRollouts.Analysis;

/// <summary>What the analysis controller is given by the program it is part of.</summary>
public sealed record AnalysisOptions
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Makes handlers that resolve the names of the cluster, for web, Prometheus and the like; null: the system's names only.</summary>
    public Func<HttpMessageHandler>? CreateHandler { get; init; }

    /// <summary>The controller's environment variables, e.g. ARGO_ROLLOUTS_PROMETHEUS_ADDRESS.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Runs worked on at once (--analysis-threads).</summary>
    public int Workers { get; init; } = 30;
}
