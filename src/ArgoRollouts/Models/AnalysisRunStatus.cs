using System.Text.Json.Serialization;

namespace ArgoRollouts.Models;

/// <summary>Phase, message and the results by metric.</summary>
public sealed class AnalysisRunStatus
{
    public string? Phase { get; set; }

    public string? Message { get; set; }

    public List<MetricResult>? MetricResults { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? StartedAt { get; set; }

    public RunSummary? RunSummary { get; set; }

    public RunSummary? DryRunSummary { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? CompletedAt { get; set; }
}

/// <summary>Number of metrics by outcome.</summary>
public sealed class RunSummary
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Count { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Successful { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Failed { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Inconclusive { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Error { get; set; }
}

/// <summary>What one metric came to.</summary>
public sealed class MetricResult
{
    public string Name { get; set; } = "";

    public string Phase { get; set; } = "";

    public List<Measurement>? Measurements { get; set; }

    public string? Message { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Count { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Successful { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Failed { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Inconclusive { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Error { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ConsecutiveError { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; set; }

    public IDictionary<string, string>? Metadata { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ConsecutiveSuccess { get; set; }
}

/// <summary>One measurement.</summary>
public sealed class Measurement
{
    public string Phase { get; set; } = "";

    public string? Message { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? StartedAt { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? FinishedAt { get; set; }

    public string? Value { get; set; }

    public IDictionary<string, string>? Metadata { get; set; }

    [JsonConverter(typeof(MetaTimeConverter))]
    public DateTime? ResumeAt { get; set; }
}
