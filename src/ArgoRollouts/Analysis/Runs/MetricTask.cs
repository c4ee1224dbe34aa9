using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>A metric to measure now.</summary>
/// <param name="Metric">As the run specifies it, its arguments not put in yet.</param>
/// <param name="InProgress">The measurement to go on with; null: a new one is taken.</param>
public sealed record MetricTask(Metric Metric, Measurement? InProgress);
