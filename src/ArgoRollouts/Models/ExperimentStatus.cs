using System.Text.Json.Serialization;

namespace ArgoRollouts.Models;

/// <summary>Phase, message, ReplicaSets and analyses of an experiment.</summary>
public sealed class ExperimentStatus
{
    public string? Phase { get; set; }

    public string? Message { get; set; }

    public List<TemplateStatus>? TemplateStatuses { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? AvailableAt { get; set; }

    public List<RolloutCondition>? Conditions { get; set; }

    public List<ExperimentAnalysisRunStatus>? AnalysisRuns { get; set; }
}

/// <summary>How one ReplicaSet of an experiment fares.</summary>
public sealed class TemplateStatus
{
    public string Name { get; set; } = "";

    public int Replicas { get; set; }

    public int UpdatedReplicas { get; set; }

    public int ReadyReplicas { get; set; }

    public int AvailableReplicas { get; set; }

    public int? CollisionCount { get; set; }

    public string? Status { get; set; }

    public string? Message { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? LastTransitionTime { get; set; }

    public string? ServiceName { get; set; }

    public string? PodTemplateHash { get; set; }
}

/// <summary>How one analysis of an experiment fares.</summary>
public sealed class ExperimentAnalysisRunStatus
{
    public string Name { get; set; } = "";

    public string AnalysisRun { get; set; } = "";

    public string Phase { get; set; } = "";

    public string? Message { get; set; }
}
