using System.Text.Json.Serialization;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>The desired state of a Rollout (types.go, RolloutSpec). Unset numbers fall back to upstream's defaults, see Defaults.</summary>
public sealed class RolloutSpec
{
    public int? Replicas { get; set; }

    public V1LabelSelector? Selector { get; set; }

    public V1PodTemplateSpec? Template { get; set; }

    public ObjectRef? WorkloadRef { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MinReadySeconds { get; set; }

    public RollbackWindowSpec? RollbackWindow { get; set; }

    public RolloutStrategy Strategy { get; set; } = new();

    public int? RevisionHistoryLimit { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Paused { get; set; }

    public int? ProgressDeadlineSeconds { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ProgressDeadlineAbort { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? RestartAt { get; set; }

    public AnalysisRunStrategy? Analysis { get; set; }
}

/// <summary>The workload that a Rollout takes its pod template from.</summary>
public sealed class ObjectRef
{
    public string? ApiVersion { get; set; }

    public string? Kind { get; set; }

    public string? Name { get; set; }

    /// <summary>never, onsuccess or progressively.</summary>
    public string? ScaleDown { get; set; }
}

/// <summary>How many revisions back an update counts as a rollback that skips the steps.</summary>
public sealed class RollbackWindowSpec
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Revisions { get; set; }
}

/// <summary>Exactly one of the two.</summary>
public sealed class RolloutStrategy
{
    public BlueGreenStrategy? BlueGreen { get; set; }

    public CanaryStrategy? Canary { get; set; }
}

/// <summary>How many finished AnalysisRuns and Experiments are kept.</summary>
public sealed class AnalysisRunStrategy
{
    public int? SuccessfulRunHistoryLimit { get; set; }

    /// <summary>Of those that ended Error, Failed or Inconclusive.</summary>
    public int? UnsuccessfulRunHistoryLimit { get; set; }
}
