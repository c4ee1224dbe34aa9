using ArgoRollouts.Analysis.Arguments;
using ArgoRollouts.Analysis.Templates;
using ArgoRollouts.Models;
using k8s;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>One step of a run that has not finished (reconcileAnalysisRun of analysis/analysis.go).</summary>
internal sealed class AnalysisRunStep(Measuring measuring, AnalysisEvents events, TimeProvider time, ILogger logger)
{
    /// <summary>The run's new status, and when to look again; null: on the next event.</summary>
    public async Task<(AnalysisRunStatus Status, DateTime? Next)> TakeAsync(AnalysisRun observed, CancellationToken cancel)
    {
        var run = KubernetesJson.Deserialize<AnalysisRun>(KubernetesJson.Serialize(observed));
        RunPlan plan;
        try
        {
            plan = RunPlan.Of(run);
            await measuring.TakeAsync(run, MetricTasks.Due(run, plan.Metrics, Now), plan.DryRun, cancel);
        }
        catch (AnalysisException e)
        {
            (run.Status.Phase, run.Status.Message) = (AnalysisPhase.Error, e.Message);
            await events.RunCompletedAsync(run, cancel);
            return (run.Status, null);
        }
        await JudgeAsync(run, plan, cancel);
        await TrimAsync(run, plan, cancel);
        return (run.Status, AnalysisPhase.Completed(run.Status.Phase) ? TimeToLive.ExceededFrom(run) : NextReconcile.Time(run, plan.Metrics, Now));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task JudgeAsync(AnalysisRun run, RunPlan plan, CancellationToken cancel)
    {
        var verdict = RunAssessment.Assess(run, plan.Metrics, plan.DryRun, Now);
        foreach (var (metric, phase) in verdict.Completed)
        {
            await events.MetricCompletedAsync(run, metric, phase, cancel);
        }
        if (verdict.Phase == run.Status.Phase)
        {
            return;
        }
        (run.Status.Phase, run.Status.Message) = (verdict.Phase, verdict.Message.Length == 0 ? null : verdict.Message);
        if (AnalysisPhase.Completed(verdict.Phase))
        {
            run.Status.CompletedAt ??= Now;
            await events.RunCompletedAsync(run, cancel);
        }
    }

    /// <summary>What cannot be cleaned up now stays until the next step.</summary>
    private async Task TrimAsync(AnalysisRun run, RunPlan plan, CancellationToken cancel)
    {
        foreach (var surplus in MeasurementRetentions.Surplus(run, plan.Retention))
        {
            var metric = plan.Metrics.FirstOrDefault(m => m.Name == surplus.Result.Name);
            if (metric is not null && await measuring.GarbageCollectAsync(run, metric, surplus.Limit, cancel))
            {
                surplus.Result.Measurements!.RemoveRange(0, surplus.Result.Measurements.Count - surplus.Limit);
            }
        }
        logger.LogDebug("analysis run {Namespace}/{Name}: {Phase} {Message}", run.Metadata.NamespaceProperty, run.Metadata.Name, run.Status.Phase, run.Status.Message);
    }
}
