using System.Globalization;
using ArgoCd.Json;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Applications;

/// <summary>Runs the operation that an application asks for, and its deletion (<c>processAppOperationQueueItem</c>).</summary>
internal sealed class OperationReconciler(
    ILister<Unstructured> applications,
    ProjectLookup projects,
    AppSync sync,
    AppDeletion deletion,
    ApplicationWriter writer,
    RefreshRequests requests,
    EventRecorder events,
    TimeProvider time,
    ILogger logger) : IReconciler
{
    private static readonly TimeSpan ResumeAfter = TimeSpan.FromSeconds(30);

    /// <summary>Puts an application into the refresh queue.</summary>
    public Action<NamespacedName>? Refresh { get; set; }

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (applications.Find(name) is not { } cached || (cached.Json["operation"] is null && cached.Metadata.DeletionTimestamp is null))
        {
            return Result.Done;
        }

        // both this controller and the server write operations: the cache may be behind
        if (await writer.FindAsync(name.Namespace, name.Name, cancel) is not { } application)
        {
            return Result.Done;
        }

        if (application.Operation is { } operation)
        {
            return await RunAsync(application, operation, cancel);
        }

        return application.IsTerminating ? await deletion.FinalizeAsync(application, cancel) : Result.Done;
    }

    private async Task<Result> RunAsync(Application application, Operation operation, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (state, wait) = OperationProgress.Begin(application.Status.OperationState, operation, now);
        if (wait is { } delay)
        {
            return Result.After(delay);
        }

        if (!ArgoJson.Same(state, application.Status.OperationState))
        {
            application = await WriteAsync(application, state, cancel) ?? application;
            if (OperationPhase.IsCompleted(state.Phase))
            {
                return Result.Done;
            }
        }

        var terminating = state.Phase == OperationPhase.Terminating;
        state = projects.Find(application.Spec.ProjectName) is { } project
            ? await StepAsync(application, project, state, cancel)
            : state with { Phase = OperationPhase.Error, Message = $"Failed to load application project: {ProjectLookup.Missing(application.Spec.ProjectName).Message}" };
        state = OperationProgress.AfterStep(state, terminating, time.GetUtcNow());
        await FinishAsync(application, state, cancel);
        return OperationPhase.IsCompleted(state.Phase)
            ? Result.Done
            : Result.After(OperationProgress.UntilRetry(state, time.GetUtcNow()) ?? ResumeAfter);
    }

    private async Task<OperationState> StepAsync(Application application, Projects.AppProject project, OperationState state, CancellationToken cancel)
    {
        try
        {
            return await sync.StepAsync(application, project, state, cancel);
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            logger.LogError(exception, "{Application}: the sync stopped unexpectedly: {Reason}", application.Key, exception.Message);
            return state with { Phase = OperationPhase.Error, Message = exception.Message };
        }
    }

    private async Task FinishAsync(Application application, OperationState state, CancellationToken cancel)
    {
        if (state.Phase == OperationPhase.Running
            && await writer.FindAsync(application.Key.Namespace, application.Name, cancel) is { } fresh
            && fresh.Status.OperationState?.Phase == OperationPhase.Terminating)
        {
            state = state with { Phase = OperationPhase.Terminating, Message = "operation is terminating" };
        }

        await WriteAsync(application, state, cancel);
        if (!OperationPhase.IsCompleted(state.Phase))
        {
            return;
        }

        var what = state.Operation.Sync?.Resources is { Count: > 0 } ? "Partial sync operation" : "Sync operation";
        var where = state.SyncResult is { } result ? $" to {result.Revision}" : "";
        if (state.Phase == OperationPhase.Succeeded)
        {
            await events.NormalAsync(application.Object, "OperationCompleted", $"{what}{where} succeeded", cancel);
        }
        else
        {
            await events.WarningAsync(application.Object, "OperationCompleted", $"{what}{where} failed: {state.Message}", cancel);
        }

        if (state.Operation.Sync?.DryRun != true)
        {
            requests.Add(application.Key, state.Operation.InitiatedBy?.Automated == true ? CompareWith.Latest : CompareWith.LatestForceResolve);
            Refresh?.Invoke(application.Key);
        }
    }

    private async Task<Application?> WriteAsync(Application application, OperationState state, CancellationToken cancel)
    {
        if (OperationPhase.IsCompleted(state.Phase))
        {
            state = state with { FinishedAt = time.GetUtcNow() };
        }

        logger.LogDebug(
            "{Application}: operation {Phase}: {Message}", application.Key, state.Phase, state.Message?.ToString(CultureInfo.InvariantCulture));
        await writer.WriteOperationAsync(application, state, cancel);
        return await writer.FindAsync(application.Key.Namespace, application.Name, cancel);
    }
}
