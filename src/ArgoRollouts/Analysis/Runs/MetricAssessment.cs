using ArgoRollouts.Analysis.Templates;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Judges one metric by its measurements and limits (assessMetricStatus of analysis/analysis.go).</summary>
public static class MetricAssessment
{
    /// <summary>The phase of the metric.</summary>
    /// <param name="metric">With its arguments put in.</param>
    /// <param name="result">Its measurements and their counts.</param>
    /// <param name="terminating">Whether the run ends: a metric that would go on is then Successful.</param>
    public static string Phase(Metric metric, MetricResult result, bool terminating)
    {
        if (AnalysisPhase.Completed(result.Phase))
        {
            return result.Phase;
        }
        if (result.Measurements is not { Count: > 0 } measurements)
        {
            return terminating ? AnalysisPhase.Successful : AnalysisPhase.Pending;
        }
        if (!AnalysisPhase.Completed(measurements[^1].Phase))
        {
            return AnalysisPhase.Running;
        }
        var goesOn = terminating ? AnalysisPhase.Successful : AnalysisPhase.Running;
        return Exceeded(metric, result)?.Phase
            ?? (SucceededInARow(metric, result) ? AnalysisPhase.Successful : AtCount(metric, result))
            ?? goesOn;
    }

    /// <summary>The limit the metric has exceeded, errors before inconclusive before failures; null: none.</summary>
    public static LimitExceeded? Exceeded(Metric metric, MetricResult result)
    {
        var failureLimit = metric.FailureLimit.Number();
        var inconclusiveLimit = metric.InconclusiveLimit.Number();
        var errorLimit = metric.ConsecutiveErrorLimitOrDefault();
        return result.ConsecutiveError > errorLimit
            ? new(AnalysisPhase.Error, $"consecutiveErrors ({result.ConsecutiveError}) > consecutiveErrorLimit ({errorLimit})")
            : result.Inconclusive > inconclusiveLimit
            ? new(AnalysisPhase.Inconclusive, $"inconclusive ({result.Inconclusive}) > inconclusiveLimit ({inconclusiveLimit})")
            // a negative failureLimit is switched off
            : failureLimit >= 0 && result.Failed > failureLimit
            ? new(AnalysisPhase.Failed, $"failed ({result.Failed}) > failureLimit ({failureLimit})")
            : null;
    }

    private static bool SucceededInARow(Metric metric, MetricResult result) =>
        metric.ConsecutiveSuccessLimit.Number() is > 0 and var limit && result.ConsecutiveSuccess >= limit;

    /// <summary>
    /// What a metric is that has all its measurements and has exceeded no limit: Successful, unless it had to succeed several times in a row;
    /// then it is Inconclusive, or Failed when failures have no limit.
    /// </summary>
    private static string? AtCount(Metric metric, MetricResult result)
    {
        if (metric.EffectiveCount() is not { } count || result.Count < count)
        {
            return null;
        }
        return metric.ConsecutiveSuccessLimit.Number() <= 0 ? AnalysisPhase.Successful
            : metric.FailureLimit.Number() >= 0 ? AnalysisPhase.Inconclusive
            : AnalysisPhase.Failed;
    }
}
