using ArgoRollouts.Analysis.Templates;
using ArgoRollouts.Models;
using Controllers.Runtime;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Decides when a run is looked at again without an event (calculateNextReconcileTime of analysis/analysis.go).</summary>
public static class NextReconcile
{
    /// <summary>The earliest time at which one of the metrics has something to do; null: none has.</summary>
    /// <param name="run">The run and its state.</param>
    /// <param name="metrics">The metrics of the run with their arguments put in.</param>
    /// <param name="now">The time.</param>
    public static DateTime? Time(AnalysisRun run, IEnumerable<Metric> metrics, DateTime now) =>
        metrics.Where(metric => !run.IsCompleted(metric.Name)).Select(metric => Time(run, metric, now)).Min();

    private static DateTime? Time(AnalysisRun run, Metric metric, DateTime now)
    {
        var last = run.LastMeasurement(metric.Name);
        if (last is null)
        {
            return string.IsNullOrEmpty(metric.InitialDelay) ? null : After(run.Status.StartedAt ?? now, metric.InitialDelay);
        }
        if (last.FinishedAt is not { } finished)
        {
            return last.ResumeAt;
        }
        if (metric.EffectiveCount() is { } count && run.Result(metric.Name)!.Count >= count)
        {
            return null;
        }
        return last.Phase == AnalysisPhase.Error ? finished + MetricTasks.ErrorRetryInterval
            : string.IsNullOrEmpty(metric.Interval) ? null
            : After(finished, metric.Interval);
    }

    private static DateTime? After(DateTime time, string duration) => GoDuration.TryParse(duration, out var span, out _) ? time + span : null;
}
