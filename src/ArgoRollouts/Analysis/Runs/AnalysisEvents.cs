using ArgoRollouts.Models;
using Controllers.Runtime.Events;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>The events of a run: MetricFailed, AnalysisRunSuccessful, …; of a failure or an error they are warnings.</summary>
internal sealed class AnalysisEvents(EventRecorder recorder)
{
    public Task RunCompletedAsync(AnalysisRun run, CancellationToken cancel) =>
        WriteAsync(run, "AnalysisRun", run.Status.Phase ?? "", $"Analysis Completed. Result: {run.Status.Phase}", cancel);

    public Task MetricCompletedAsync(AnalysisRun run, string metric, string phase, CancellationToken cancel) =>
        WriteAsync(run, "Metric", phase, $"Metric '{metric}' Completed. Result: {phase}", cancel);

    private Task WriteAsync(AnalysisRun run, string subject, string phase, string message, CancellationToken cancel) =>
        phase is AnalysisPhase.Error or AnalysisPhase.Failed
            ? recorder.WarningAsync(run, subject + phase, message, cancel)
            : recorder.NormalAsync(run, subject + phase, message, cancel);
}
