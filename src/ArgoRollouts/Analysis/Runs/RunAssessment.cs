using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>
/// Judges a run by its metrics: it runs as long as one of them does, and is then what the worst of them is, dry runs apart
/// (assessRunStatus of analysis/analysis.go).
/// </summary>
public static class RunAssessment
{
    /// <param name="run">Its status is changed: start, phases and messages of the metrics, summaries.</param>
    /// <param name="metrics">The metrics of the run with their arguments put in.</param>
    /// <param name="dryRun">Names of the metrics that only run dry.</param>
    /// <param name="now">The time.</param>
    public static RunVerdict Assess(AnalysisRun run, IEnumerable<Metric> metrics, IReadOnlySet<string> dryRun, DateTime now)
    {
        var terminating = run.IsTerminating();
        run.Status.StartedAt ??= now;
        run.Status.RunSummary = new();
        run.Status.DryRunSummary = new();
        string? worst = null;
        var message = run.Spec.Terminate ? "Run Terminated" : "";
        var completed = new List<(string, string)>();
        var everythingCompleted = true;

        foreach (var metric in metrics)
        {
            var dry = dryRun.Contains(metric.Name);
            var summary = dry ? run.Status.DryRunSummary : run.Status.RunSummary;
            summary.Count++;
            if (run.Result(metric.Name) is not { } result)
            {
                everythingCompleted = false; // e.g. still in its initial delay
                continue;
            }
            var phase = MetricAssessment.Phase(metric, result, terminating);
            if (Transition(result, phase))
            {
                completed.Add((metric.Name, phase));
            }
            if (!AnalysisPhase.Completed(phase))
            {
                everythingCompleted = false;
                continue;
            }
            var exceeded = MetricAssessment.Exceeded(metric, result);
            Count(summary, exceeded?.Phase);
            if (dry)
            {
                // a dry run does not count, but a run of nothing else must end
                worst ??= AnalysisPhase.Successful;
                result.Message = exceeded is null ? result.Message : $"Metric assessed {phase} due to {exceeded.Reason}";
            }
            else if (worst is null || PhaseOrder.IsWorse(worst, phase))
            {
                worst = phase;
                message = exceeded is null ? message : Message(metric.Name, phase, exceeded, result);
            }
        }
        var phaseOfRun = terminating ? worst ?? AnalysisPhase.Successful
            : everythingCompleted && worst is not null ? worst
            : AnalysisPhase.Running;
        return new(phaseOfRun, phaseOfRun == AnalysisPhase.Running && !terminating ? "" : message, completed);
    }

    /// <summary>Takes the metric over into its phase, with the message of its last measurement; true when it ends thereby.</summary>
    private static bool Transition(MetricResult result, string phase)
    {
        if (result.Phase == phase)
        {
            return false;
        }
        if (result.Measurements is { Count: > 0 } measurements)
        {
            result.Message = measurements[^1].Message;
        }
        result.Phase = phase;
        return AnalysisPhase.Completed(phase);
    }

    private static string Message(string metric, string phase, LimitExceeded exceeded, MetricResult result)
    {
        var detail = string.IsNullOrEmpty(result.Message) ? "" : $": \"Error Message: {result.Message}\"";
        return $"Metric \"{metric}\" assessed {phase} due to {exceeded.Reason}{detail}";
    }

    /// <summary>A metric counts by the limit it exceeded, and as successful without one.</summary>
    private static void Count(RunSummary summary, string? exceeded)
    {
        switch (exceeded)
        {
            case AnalysisPhase.Error:
                summary.Error++;
                break;
            case AnalysisPhase.Failed:
                summary.Failed++;
                break;
            case AnalysisPhase.Inconclusive:
                summary.Inconclusive++;
                break;
            default:
                summary.Successful++;
                break;
        }
    }
}
