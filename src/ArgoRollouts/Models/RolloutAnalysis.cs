namespace ArgoRollouts.Models;

/// <summary>The templates and arguments of an AnalysisRun that a Rollout starts.</summary>
public class RolloutAnalysis
{
    public List<AnalysisTemplateRef>? Templates { get; set; }

    public List<AnalysisRunArgument>? Args { get; set; }

    public List<DryRun>? DryRun { get; set; }

    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    public AnalysisRunMetadata? AnalysisRunMetadata { get; set; }
}

/// <summary>Background analysis: runs while steps execute, from StartingStep on.</summary>
public sealed class RolloutAnalysisBackground : RolloutAnalysis
{
    /// <summary>Default 0.</summary>
    public int? StartingStep { get; set; }
}

/// <summary>An AnalysisTemplate of the same namespace, or a ClusterAnalysisTemplate.</summary>
public sealed class AnalysisTemplateRef
{
    public string TemplateName { get; set; } = "";

    public bool? ClusterScope { get; set; }
}

/// <summary>An argument given by the Rollout.</summary>
public sealed class AnalysisRunArgument
{
    public string Name { get; set; } = "";

    public string? Value { get; set; }

    public ArgumentValueFrom? ValueFrom { get; set; }
}

/// <summary>A value taken from the Rollout.</summary>
public sealed class ArgumentValueFrom
{
    /// <summary>Stable or Latest.</summary>
    public string? PodTemplateHashValue { get; set; }

    public FieldRef? FieldRef { get; set; }
}

/// <summary>Path of a field of the Rollout, e.g. metadata.labels['region'].</summary>
public sealed class FieldRef
{
    public string FieldPath { get; set; } = "";
}

/// <summary>Labels and annotations of the AnalysisRun to be created.</summary>
public sealed class AnalysisRunMetadata
{
    public IDictionary<string, string>? Labels { get; set; }

    public IDictionary<string, string>? Annotations { get; set; }
}
