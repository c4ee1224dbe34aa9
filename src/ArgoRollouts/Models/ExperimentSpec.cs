using System.Text.Json.Serialization;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>ReplicaSets to run side by side for a while, and the analyses that judge them.</summary>
public sealed class ExperimentSpec
{
    public List<TemplateSpec> Templates { get; set; } = [];

    /// <summary>A Go duration.</summary>
    public string? Duration { get; set; }

    public int? ProgressDeadlineSeconds { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Terminate { get; set; }

    public List<ExperimentAnalysisTemplateRef>? Analyses { get; set; }

    public int? ScaleDownDelaySeconds { get; set; }

    public List<DryRun>? DryRun { get; set; }

    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    public AnalysisRunMetadata? AnalysisRunMetadata { get; set; }
}

/// <summary>One ReplicaSet of an experiment.</summary>
public sealed class TemplateSpec
{
    public string Name { get; set; } = "";

    public int? Replicas { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MinReadySeconds { get; set; }

    public V1LabelSelector? Selector { get; set; }

    public V1PodTemplateSpec? Template { get; set; }

    public TemplateService? Service { get; set; }
}

/// <summary>Asks for a Service in front of the ReplicaSet.</summary>
public sealed class TemplateService
{
    public string? Name { get; set; }
}

/// <summary>An analysis of an experiment.</summary>
public sealed class ExperimentAnalysisTemplateRef
{
    public string Name { get; set; } = "";

    public string TemplateName { get; set; } = "";

    public bool? ClusterScope { get; set; }

    public List<Argument>? Args { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RequiredForCompletion { get; set; }
}
