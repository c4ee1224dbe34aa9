using ArgoRollouts.Analysis.Templates;
using ArgoRollouts.Models;
using Controllers.Runtime;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Decides which metrics are measured now (generateMetricTasks of analysis/analysis.go).</summary>
public static class MetricTasks
{
    /// <summary>After an error a metric is measured again after this, whatever its interval.</summary>
    public static readonly TimeSpan ErrorRetryInterval = TimeSpan.FromSeconds(10);

    /// <param name="run">The run and its state.</param>
    /// <param name="metrics">The metrics of the run in their order, with their arguments put in.</param>
    /// <param name="now">The time.</param>
    public static List<MetricTask> Due(AnalysisRun run, IReadOnlyList<Metric> metrics, DateTime now)
    {
        var terminating = run.IsTerminating();
        var tasks = new List<MetricTask>();
        foreach (var (specified, metric) in run.Spec.Metrics.Zip(metrics))
        {
            if (run.IsCompleted(metric.Name))
            {
                continue;
            }
            var last = run.LastMeasurement(metric.Name);
            if (last is { FinishedAt: null })
            {
                if (last.ResumeAt is null || last.ResumeAt <= now)
                {
                    tasks.Add(new(specified, last));
                }
            }
            else if (!terminating && (last is null ? IsFirstDue(run, metric, now) : IsNextDue(run.Result(metric.Name)!, last, metric, now)))
            {
                tasks.Add(new(specified, null));
            }
        }
        return tasks;
    }

    /// <summary>The initial delay counts from the start of the run, which the first assessment sets.</summary>
    private static bool IsFirstDue(AnalysisRun run, Metric metric, DateTime now) => string.IsNullOrEmpty(metric.InitialDelay)
        || (run.Status.StartedAt is { } started && GoDuration.TryParse(metric.InitialDelay, out var delay, out _) && started + delay <= now);

    private static bool IsNextDue(MetricResult result, Measurement last, Metric metric, DateTime now)
    {
        if (metric.EffectiveCount() is { } count && result.Count >= count)
        {
            return false;
        }
        var interval = ErrorRetryInterval;
        if (last.Phase != AnalysisPhase.Error && !string.IsNullOrEmpty(metric.Interval) && !GoDuration.TryParse(metric.Interval, out interval, out _))
        {
            return false;
        }
        return now > last.FinishedAt!.Value + interval;
    }
}
