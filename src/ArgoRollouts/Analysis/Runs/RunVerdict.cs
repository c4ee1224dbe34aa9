namespace ArgoRollouts.Analysis.Runs;

/// <summary>What a run is after its metrics were judged.</summary>
/// <param name="Phase">Of the run.</param>
/// <param name="Message">Why, when it is not Successful or Running.</param>
/// <param name="Completed">Metrics that ended just now, with their phases: each is an event.</param>
public sealed record RunVerdict(string Phase, string Message, IReadOnlyList<(string Metric, string Phase)> Completed);
