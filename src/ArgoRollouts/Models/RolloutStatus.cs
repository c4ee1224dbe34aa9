using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ArgoRollouts.Models;

/// <summary>What the controller observed and did (types.go, RolloutStatus). observedGeneration is a string.</summary>
public sealed class RolloutStatus
{
    /// <summary>Asked for by users; cleared by retry.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Abort { get; set; }

    public List<PauseCondition>? PauseConditions { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ControllerPause { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? AbortedAt { get; set; }

    public string? CurrentPodHash { get; set; }

    public string? CurrentStepHash { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Replicas { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UpdatedReplicas { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ReadyReplicas { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int AvailableReplicas { get; set; }

    public int? CurrentStepIndex { get; set; }

    public int? CollisionCount { get; set; }

    public string? ObservedGeneration { get; set; }

    public List<RolloutCondition>? Conditions { get; set; }

    public CanaryStatus Canary { get; set; } = new();

    public BlueGreenStatus BlueGreen { get; set; } = new();

    [JsonPropertyName("HPAReplicas")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int HPAReplicas { get; set; }

    public string? Selector { get; set; }

    public string? StableRS { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? RestartedAt { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PromoteFull { get; set; }

    public string? Phase { get; set; }

    public string? Message { get; set; }

    public string? WorkloadObservedGeneration { get; set; }

    public JsonNode? Alb { get; set; }

    public JsonNode? Albs { get; set; }
}

/// <summary>The blue/green part of the status: hashes that the two Services select.</summary>
public sealed class BlueGreenStatus
{
    public string? PreviewSelector { get; set; }

    public string? ActiveSelector { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ScaleUpPreviewCheckPoint { get; set; }

    public RolloutAnalysisRunStatus? PrePromotionAnalysisRunStatus { get; set; }

    public RolloutAnalysisRunStatus? PostPromotionAnalysisRunStatus { get; set; }
}

/// <summary>The canary part of the status.</summary>
public sealed class CanaryStatus
{
    public RolloutAnalysisRunStatus? CurrentStepAnalysisRunStatus { get; set; }

    public RolloutAnalysisRunStatus? CurrentBackgroundAnalysisRunStatus { get; set; }

    public string? CurrentExperiment { get; set; }

    public TrafficWeights? Weights { get; set; }

    /// <summary>ping or pong.</summary>
    public string? StablePingPong { get; set; }

    public JsonNode? StepPluginStatuses { get; set; }
}

/// <summary>How traffic was last split; only with traffic routing.</summary>
public sealed class TrafficWeights
{
    public WeightDestination Canary { get; set; } = new();

    public WeightDestination Stable { get; set; } = new();

    public List<WeightDestination>? Additional { get; set; }

    public bool? Verified { get; set; }
}

/// <summary>Percentage of traffic to one Service and its ReplicaSet's hash.</summary>
public sealed class WeightDestination
{
    public int Weight { get; set; }

    public string? ServiceName { get; set; }

    public string? PodTemplateHash { get; set; }
}

/// <summary>The AnalysisRun a Rollout waits for.</summary>
public sealed class RolloutAnalysisRunStatus
{
    public string Name { get; set; } = "";

    public string Status { get; set; } = "";

    public string? Message { get; set; }
}

/// <summary>Why, and since when, the controller paused.</summary>
public sealed class PauseCondition
{
    public string Reason { get; set; } = "";

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime StartTime { get; set; }
}

/// <summary>One condition, as of other Kubernetes objects, with lastUpdateTime.</summary>
public sealed class RolloutCondition
{
    public string Type { get; set; } = "";

    public string Status { get; set; } = "";

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime LastUpdateTime { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime LastTransitionTime { get; set; }

    public string Reason { get; set; } = "";

    public string Message { get; set; } = "";
}
