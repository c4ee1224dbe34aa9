using System.Text.Json.Serialization;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>Canary: steps of weight, pause and analysis (docs/features/canary.md).</summary>
public sealed class CanaryStrategy
{
    public string? CanaryService { get; set; }

    public string? StableService { get; set; }

    public List<CanaryStep>? Steps { get; set; }

    public RolloutTrafficRouting? TrafficRouting { get; set; }

    /// <summary>Default 25%.</summary>
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>Default 25%.</summary>
    public IntOrString? MaxSurge { get; set; }

    public RolloutAnalysisBackground? Analysis { get; set; }

    public AntiAffinity? AntiAffinity { get; set; }

    public PodTemplateMetadata? CanaryMetadata { get; set; }

    public PodTemplateMetadata? StableMetadata { get; set; }

    /// <summary>With traffic routing only; default 30.</summary>
    public int? ScaleDownDelaySeconds { get; set; }

    public int? ScaleDownDelayRevisionLimit { get; set; }

    /// <summary>With traffic routing only; default 30, 0 keeps the canary.</summary>
    public int? AbortScaleDownDelaySeconds { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DynamicStableScale { get; set; }

    public PingPongSpec? PingPong { get; set; }

    public int? MinPodsPerReplicaSet { get; set; }

    public ReplicaProgressThreshold? ReplicaProgressThreshold { get; set; }
}

/// <summary>Two services that take turns at being stable.</summary>
public sealed class PingPongSpec
{
    public string PingService { get; set; } = "";

    public string PongService { get; set; } = "";
}

/// <summary>How many pods must be available before a step counts as done.</summary>
public sealed class ReplicaProgressThreshold
{
    /// <summary>Percent or Pods.</summary>
    public string Type { get; set; } = "";

    public int Value { get; set; }
}
