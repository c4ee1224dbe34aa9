using System.Text.Json.Serialization;

namespace ArgoRollouts.Models;

/// <summary>The metrics and resolved arguments of one run.</summary>
public sealed class AnalysisRunSpec
{
    public List<Metric> Metrics { get; set; } = [];

    public List<Argument>? Args { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Terminate { get; set; }

    public List<DryRun>? DryRun { get; set; }

    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    public TtlStrategy? TtlStrategy { get; set; }
}

/// <summary>Seconds after which a finished run is deleted.</summary>
public sealed class TtlStrategy
{
    public int? SecondsAfterCompletion { get; set; }

    public int? SecondsAfterFailure { get; set; }

    public int? SecondsAfterSuccess { get; set; }
}
