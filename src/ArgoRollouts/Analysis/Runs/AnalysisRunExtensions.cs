using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Questions about the state of a run (utils/analysis/helpers.go).</summary>
public static class AnalysisRunExtensions
{
    /// <summary>What the metric came to so far; null before its first measurement.</summary>
    public static MetricResult? Result(this AnalysisRun run, string metric) => run.Status.MetricResults?.Find(result => result.Name == metric);

    /// <summary>The measurement of the metric that was started last.</summary>
    public static Measurement? LastMeasurement(this AnalysisRun run, string metric) => run.Result(metric)?.Measurements?.LastOrDefault();

    public static bool IsCompleted(this AnalysisRun run, string metric) => AnalysisPhase.Completed(run.Result(metric)?.Phase);

    /// <summary>
    /// Whether no further measurement is started: the run was told to terminate, or a metric that does not run dry has
    /// ended otherwise than Successful.
    /// </summary>
    public static bool IsTerminating(this AnalysisRun run) => run.Spec.Terminate || (run.Status.MetricResults ?? []).Exists(result =>
        !result.DryRun && result.Phase is (AnalysisPhase.Failed or AnalysisPhase.Error or AnalysisPhase.Inconclusive));
}
