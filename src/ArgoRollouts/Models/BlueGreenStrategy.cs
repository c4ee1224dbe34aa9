using System.Text.Json.Serialization;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>Blue/green: two full ReplicaSets, one switch of the active Service (docs/features/bluegreen.md).</summary>
public sealed class BlueGreenStrategy
{
    public string ActiveService { get; set; } = "";

    public string? PreviewService { get; set; }

    public int? PreviewReplicaCount { get; set; }

    /// <summary>Default true.</summary>
    public bool? AutoPromotionEnabled { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int AutoPromotionSeconds { get; set; }

    /// <summary>During a restart; default 25%.</summary>
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>Default 30.</summary>
    public int? ScaleDownDelaySeconds { get; set; }

    public int? ScaleDownDelayRevisionLimit { get; set; }

    public RolloutAnalysis? PrePromotionAnalysis { get; set; }

    public AntiAffinity? AntiAffinity { get; set; }

    public RolloutAnalysis? PostPromotionAnalysis { get; set; }

    public PodTemplateMetadata? PreviewMetadata { get; set; }

    public PodTemplateMetadata? ActiveMetadata { get; set; }

    /// <summary>Default 30; 0 keeps the preview ReplicaSet.</summary>
    public int? AbortScaleDownDelaySeconds { get; set; }
}

/// <summary>Anti-affinity between the pods of two revisions.</summary>
public sealed class AntiAffinity
{
    public PreferredDuringScheduling? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }

    public RequiredDuringScheduling? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>A weight of 1 to 100.</summary>
public sealed class PreferredDuringScheduling
{
    public int Weight { get; set; }
}

/// <summary>Has no fields.</summary>
public sealed class RequiredDuringScheduling
{
}

/// <summary>Labels and annotations that pods carry while they have a role.</summary>
public sealed class PodTemplateMetadata
{
    public IDictionary<string, string>? Labels { get; set; }

    public IDictionary<string, string>? Annotations { get; set; }
}
