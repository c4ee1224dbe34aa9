namespace ArgoRollouts.Analysis.Runs;

/// <summary>A limit a metric has exceeded.</summary>
/// <param name="Phase">What the metric is thereby.</param>
/// <param name="Reason">In numbers, e.g. failed (2) > failureLimit (1).</param>
public sealed record LimitExceeded(string Phase, string Reason);
