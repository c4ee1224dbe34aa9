using ArgoCd.Applications;
using ArgoCd.Comparison;
using ArgoCd.Health;
using Controllers.Runtime.Client;

namespace ArgoCd.Sync;

/// <summary>What a sync works on: the pairs that a comparison found, and the commit they come from.</summary>
internal sealed record SyncInput(
    IReadOnlyList<(Unstructured? Target, Unstructured? Live, bool Modified)> Resources, IReadOnlyList<Unstructured> Hooks, string Revision)
{
    /// <summary>Whether the project and a partial sync's list take the resource in; and the reason when the project refuses it.</summary>
    public required Func<Unstructured, string?> Permit { get; init; }

    public required Func<ResourceKey, Unstructured?> FindLive { get; init; }
}

/// <summary>
/// One operation, carried a step further each time it is asked to (<c>sync_context.go</c>). Everything it must remember is in its results,
/// which live in the operation state: another process can go on with them.
/// </summary>
internal sealed class SyncContext(SyncInput input, SyncSettings settings, IResourceOperations operations, OperationState state)
{
    private readonly SyncResults _results = new(state.SyncResult?.Resources ?? []);
    private readonly TaskRunner _runner = new(operations, settings);

    public string Phase { get; private set; } = state.Phase;

    public string Message { get; private set; } = state.Message ?? "";

    public IReadOnlyList<ResourceResult> Results => _results.All;

    /// <summary>The next step.</summary>
    public async Task SyncAsync(CancellationToken cancel)
    {
        var (tasks, valid) = await TasksAsync(cancel);
        if (!valid)
        {
            Set(OperationPhase.Failed, SyncMessages.NotValid(_results.All));
            return;
        }

        if (!_results.Started && !await ValidateAsync(tasks, cancel))
        {
            return;
        }

        UpdateRunning(tasks);
        if (await IsWaitingAsync(tasks, cancel))
        {
            return;
        }

        foreach (var hook in tasks.Where(task => task is { IsHook: true, IsCompleted: true, Live: not null }))
        {
            await operations.RemoveHookFinalizerAsync(hook.Live!, cancel);
        }

        await AdvanceAsync(tasks, cancel);
    }

    /// <summary>Ends the operation: running hooks are deleted.</summary>
    public async Task TerminateAsync(CancellationToken cancel)
    {
        var (tasks, _) = await TasksAsync(cancel);
        var clean = true;
        foreach (var hook in tasks.Where(task => task is { IsHook: true, IsRunning: true }))
        {
            if (hook.Live is not { } live)
            {
                _results.Set(hook, hook.Status, OperationPhase.Succeeded, "Terminated");
                continue;
            }

            await operations.RemoveHookFinalizerAsync(live, cancel);
            var deleted = await operations.DeleteAsync(live, settings.PrunePropagation, cancel);
            clean &= !deleted.Failed;
            _results.Set(hook, hook.Status, OperationPhase.Failed, deleted.Failed ? $"Failed to delete: {deleted.Message}" : "Terminated");
        }

        Set(clean ? OperationPhase.Failed : OperationPhase.Error, clean ? "Operation terminated" : "Operation termination had errors");
    }

    private async Task<(List<SyncTask> Tasks, bool Valid)> TasksAsync(CancellationToken cancel)
    {
        var pairs = input.Resources.Select(resource => (resource.Target, resource.Live));
        var tasks = SyncTaskPlan.Tasks(pairs, input.Hooks, settings, input.Revision, state.StartedAt, input.FindLive);
        var liveNamespace = input.FindLive(new ResourceKey("", "Namespace", "", settings.Namespace));
        if (SyncTaskPlan.NamespaceTask(settings, tasks, liveNamespace) is { } namespaceTask)
        {
            namespaceTask.Live = await operations.FindAsync(namespaceTask.Target!, cancel);
            if (namespaceTask.Live is null || settings.NamespaceMetadata is not null)
            {
                tasks.Add(namespaceTask);
            }
        }

        var valid = await _runner.CheckAsync(tasks, input, _results, cancel);
        SyncOrder.ReversePruneWaves(tasks, settings.PruneLast);
        tasks = SyncOrder.Sort(tasks);
        tasks.ForEach(_results.Restore);
        return (tasks, valid);
    }

    /// <summary>Makes the namespace, then asks the cluster what it would say to each object, before anything is applied.</summary>
    private async Task<bool> ValidateAsync(List<SyncTask> tasks, CancellationToken cancel)
    {
        var creation = tasks.Find(task => task is { Live: null, Target: { Kind: "Namespace", Group: "" } } && task.Target.Metadata.Name == settings.Namespace);
        if (creation is not null && await _runner.RunAsync([creation], _results, dryRun: false, cancel) == RunState.Failed)
        {
            Set(OperationPhase.Failed, SyncMessages.WithReasons("the namespace failed to apply", [creation]));
            return false;
        }

        var checkedTasks = OutOfSyncOnly(tasks.Where(task => task != creation)).ToList();
        if (await _runner.RunAsync(checkedTasks, _results, dryRun: true, cancel) == RunState.Failed)
        {
            Set(OperationPhase.Failed, SyncMessages.FailedDryRun);
            return false;
        }

        return true;
    }

    private void UpdateRunning(IEnumerable<SyncTask> tasks)
    {
        foreach (var task in tasks.Where(task => task is { IsRunning: true, Live: not null }))
        {
            var health = ResourceHealth.Of(task.Live!.Json);
            var phase = (health?.Status, task.IsHook) switch
            {
                (null, _) or (HealthCode.Healthy, _) => OperationPhase.Succeeded, // e.g. a ConfigMap: done once it is there
                (HealthCode.Degraded, _) => OperationPhase.Failed,
                (HealthCode.Suspended, true) => OperationPhase.Running,
                _ => OperationPhase.Running,
            };
            if (phase != OperationPhase.Running || task.IsHook)
            {
                _results.Set(task, task.Status, phase, health?.Message);
            }
        }
    }

    private async Task<bool> IsWaitingAsync(List<SyncTask> tasks, CancellationToken cancel)
    {
        var multiStep = tasks.Count > 0 && (tasks[0].Wave != tasks[^1].Wave || tasks[0].Phase != tasks[^1].Phase);
        var running = tasks.Where(task => (multiStep || task.IsHook) && task.IsRunning).ToList();
        if (running.Count > 0)
        {
            foreach (var task in running.Where(task => task.Live is null))
            {
                if (await operations.FindAsync(task.Object, cancel) is null)
                {
                    _results.Set(
                        task,
                        ResultCode.SyncFailed,
                        OperationPhase.Error,
                        $"Resource {task.Key.Group}/{task.Key.Kind}/{task.Key.Name} is missing, it might have been deleted");
                }
            }

            Set(OperationPhase.Running, SyncMessages.WaitingFor(running, deletion: false));
            return true;
        }

        var leaving = tasks.Where(task => task.Status == ResultCode.Pruned && task.Live?.Metadata.DeletionTimestamp is not null).ToList();
        if (leaving.Count > 0)
        {
            Set(OperationPhase.Running, SyncMessages.WaitingFor(leaving, deletion: true));
            return true;
        }

        return false;
    }

    private async Task AdvanceAsync(List<SyncTask> all, CancellationToken cancel)
    {
        var finishedHooks = all.Where(task => task is { IsHook: true, Live: not null, IsRunning: false }).ToList();
        var onFailure = all.Where(task => task.Phase == SyncPhase.SyncFail).ToList();
        var tasks = all.Where(task => task.Phase != SyncPhase.SyncFail).ToList();
        if (tasks.Exists(task => task is { IsCompleted: true, IsSuccessful: false }))
        {
            await DeleteHooksAsync(finishedHooks.Where(task => task.DeletesOnFailure), cancel);
            await FailAsync(onFailure, tasks.Where(task => task.Status == ResultCode.SyncFailed), "one or more synchronization tasks completed unsuccessfully", cancel);
            return;
        }

        var pending = OutOfSyncOnly(tasks.Where(task => task.IsPending)).ToList();
        if (pending.Count == 0)
        {
            await DeleteHooksAsync(finishedHooks.Where(task => task.DeletesOnSuccess), cancel);
            Set(OperationPhase.Succeeded, SyncMessages.NoMoreTasks);
            return;
        }

        var step = pending.Where(task => task.Phase == pending[0].Phase && task.Wave == pending[0].Wave).ToList();
        Set(OperationPhase.Running, "one or more tasks are running");
        switch (await _runner.RunAsync(step, _results, dryRun: settings.DryRun, cancel))
        {
            case RunState.Failed when step.Where(task => task.IsHook && task.IsRunning).ToList() is { Count: > 0 } running:
                Set(OperationPhase.Running, SyncMessages.WaitingFor(running, deletion: false));
                break;
            case RunState.Failed:
                await FailAsync(onFailure, step.Where(task => task.Status == ResultCode.SyncFailed), "one or more objects failed to apply", cancel);
                await DeleteHooksAsync(finishedHooks.Where(task => task.DeletesOnFailure), cancel);
                break;
            case RunState.Successful when pending.Count == step.Count && !step.Exists(task => task.IsHook):
                // the usual case, without hooks and waves: as an asynchronous kubectl apply, whatever becomes of the objects
                await DeleteHooksAsync(finishedHooks.Where(task => task.DeletesOnSuccess), cancel);
                Set(OperationPhase.Succeeded, SyncMessages.AllTasksRun);
                break;
            case RunState.Successful:
                Set(OperationPhase.Running, SyncMessages.WaitingFor(step, deletion: false));
                break;
            default:
                Set(OperationPhase.Running, SyncMessages.WaitingFor([.. step.Where(task => task.DeletesBeforeCreation)], deletion: true));
                break;
        }
    }

    private async Task FailAsync(List<SyncTask> onFailure, IEnumerable<SyncTask> failed, string message, CancellationToken cancel)
    {
        var reason = SyncMessages.WithReasons(message, failed);
        if (onFailure.TrueForAll(task => task.IsCompleted))
        {
            var failedHooks = onFailure.Where(task => task.Status == ResultCode.SyncFailed).ToList();
            Set(OperationPhase.Failed, failedHooks.Count == 0 ? reason : $"{reason}\n{SyncMessages.WithReasons("one or more SyncFail hooks failed", failedHooks)}");
            return;
        }

        var pending = onFailure.Where(task => task.IsPending).ToList();
        await _runner.RunAsync(pending, _results, dryRun: settings.DryRun, cancel);
        Set(OperationPhase.Running, SyncMessages.WaitingFor(pending, deletion: false));
    }

    private async Task DeleteHooksAsync(IEnumerable<SyncTask> hooks, CancellationToken cancel)
    {
        foreach (var hook in hooks)
        {
            var deleted = await operations.DeleteAsync(hook.Live!, settings.PrunePropagation, cancel);
            if (deleted.Failed)
            {
                _results.Set(hook, hook.Status, OperationPhase.Error, $"failed to delete resource: {deleted.Message}");
            }
        }
    }

    private IEnumerable<SyncTask> OutOfSyncOnly(IEnumerable<SyncTask> tasks)
    {
        if (!settings.ApplyOutOfSyncOnly)
        {
            return tasks;
        }

        var synced = input.Resources
            .Where(resource => resource is { Modified: false, Target: not null, Live: not null })
            .Select(resource => ResourceKey.Of(resource.Live!))
            .ToHashSet();
        return tasks.Where(task => task.IsHook || task.Live is null || !synced.Contains(ResourceKey.Of(task.Live)));
    }

    private void Set(string phase, string message) => (Phase, Message) = (phase, message);
}
