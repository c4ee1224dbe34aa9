using ArgoRollouts.Models;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Brings one AnalysisRun forward: takes the measurements that are due, judges, writes the status (analysis/controller.go, sync.go).</summary>
internal sealed class AnalysisRunReconciler(
    ApiClient client, ILister<AnalysisRun> runs, AnalysisRunStep step, TimeProvider time, ILogger logger) : IReconciler
{
    private readonly MutationCache<AnalysisRun> written = new();

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (written.Newest(name, runs.Find(name)) is not { } run || run.Metadata.IsTerminating())
        {
            return Result.Done;
        }
        return AnalysisPhase.Completed(run.Status.Phase) ? await ExpireAsync(run, cancel) : await AdvanceAsync(run, cancel);
    }

    private async Task<Result> AdvanceAsync(AnalysisRun run, CancellationToken cancel)
    {
        var (status, next) = await step.TakeAsync(run, cancel);
        if (StatusPatch.Between(run.Status, status) is { } patch)
        {
            written.Remember(await client.PatchAsync(RolloutsResources.AnalysisRuns, run.Metadata.NamespaceProperty, run.Metadata.Name, patch, cancel: cancel));
        }
        return next is null ? Result.Done : After(next.Value);
    }

    private async Task<Result> ExpireAsync(AnalysisRun run, CancellationToken cancel)
    {
        if (!TimeToLive.IsExceeded(run, time.GetUtcNow().UtcDateTime))
        {
            return TimeToLive.ExceededFrom(run) is { } at ? After(at) : Result.Done;
        }
        logger.LogInformation("analysis run {Namespace}/{Name}: deleted, its time to live is over", run.Metadata.NamespaceProperty, run.Metadata.Name);
        await client.DeleteAsync(RolloutsResources.AnalysisRuns, run.Metadata.NamespaceProperty, run.Metadata.Name, cancel: cancel);
        return Result.Done;
    }

    private Result After(DateTime at)
    {
        var delay = at - time.GetUtcNow().UtcDateTime;
        return Result.After(delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
    }
}
