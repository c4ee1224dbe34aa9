using System.Text.Json.Serialization;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>The Experiment a canary step creates.</summary>
public sealed class RolloutExperimentStep
{
    public List<RolloutExperimentTemplate> Templates { get; set; } = [];

    public string? Duration { get; set; }

    public List<RolloutExperimentStepAnalysisTemplateRef>? Analyses { get; set; }

    public List<DryRun>? DryRun { get; set; }

    public AnalysisRunMetadata? AnalysisRunMetadata { get; set; }

    public int? ScaleDownDelaySeconds { get; set; }
}

/// <summary>One ReplicaSet of an experiment step.</summary>
public sealed class RolloutExperimentTemplate
{
    public string Name { get; set; } = "";

    /// <summary>canary or stable.</summary>
    public string SpecRef { get; set; } = "";

    public int? Replicas { get; set; }

    public PodTemplateMetadata? Metadata { get; set; }

    public V1LabelSelector? Selector { get; set; }

    public int? Weight { get; set; }

    public TemplateService? Service { get; set; }
}

/// <summary>An analysis that runs with an experiment step.</summary>
public sealed class RolloutExperimentStepAnalysisTemplateRef
{
    public string Name { get; set; } = "";

    public string TemplateName { get; set; } = "";

    public bool? ClusterScope { get; set; }

    public List<AnalysisRunArgument>? Args { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RequiredForCompletion { get; set; }
}
