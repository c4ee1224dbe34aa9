using ArgoCd.Applications;
using ArgoCd.Comparison;
using ArgoCd.Json;

namespace ArgoCd.Sync;

/// <summary>How a group of tasks went.</summary>
internal enum RunState
{
    Successful,

    /// <summary>Something must be deleted first: come again.</summary>
    Pending,
    Failed,
}

/// <summary>Runs the tasks of one phase and wave: prunes, then deletions that must come before creations, then applies, in order.</summary>
internal sealed class TaskRunner(IResourceOperations operations, SyncSettings settings)
{
    private readonly Dictionary<string, string?> _missingKinds = [];

    /// <summary>Records a failure for each task whose kind the cluster does not serve or whose resource the project refuses.</summary>
    public async Task<bool> CheckAsync(IReadOnlyList<SyncTask> tasks, SyncInput input, SyncResults results, CancellationToken cancel)
    {
        var defined = tasks.Select(task => task.Target).OfType<Controllers.Runtime.Client.Unstructured>()
            .Where(target => target.Kind == "CustomResourceDefinition")
            .Select(target => $"{target.Json.Text("spec", "group")}/{target.Json.Text("spec", "names", "kind")}")
            .ToHashSet();
        var valid = true;
        foreach (var task in tasks)
        {
            var kind = $"{task.Object.ApiVersion}/{task.Object.Kind}";
            if (!_missingKinds.TryGetValue(kind, out var missing))
            {
                _missingKinds[kind] = missing = await operations.MissingKindAsync(task.Object, cancel);
            }

            if (missing is not null
                && (settings.SkipDryRunOnMissingResource
                    || Annotations.HasOption(task.Target?.Json, Annotations.SyncOptions, SyncOption.SkipDryRunOnMissingResource)
                    || defined.Contains($"{task.Object.Group}/{task.Object.Kind}")))
            {
                task.SkipDryRun = true;
            }
            else if ((missing ?? input.Permit(task.Object)) is { } refusal)
            {
                results.Set(task, ResultCode.SyncFailed, "", refusal);
                valid = false;
            }
        }

        return valid;
    }

    public async Task<RunState> RunAsync(IReadOnlyList<SyncTask> tasks, SyncResults results, bool dryRun, CancellationToken cancel)
    {
        dryRun |= settings.DryRun;
        foreach (var hook in tasks.Where(task => task is { IsHook: true, IsPending: true, Live: not null } && !dryRun))
        {
            await operations.RemoveHookFinalizerAsync(hook.Live!, cancel);
        }

        var failed = false;
        foreach (var task in tasks.Where(task => task.IsPrune))
        {
            failed |= await PruneAsync(task, results, dryRun, cancel);
        }

        if (failed)
        {
            return RunState.Failed;
        }

        var replaced = tasks.Where(task => !task.IsPrune && task.DeletesBeforeCreation).ToList();
        if (replaced.Count > 0 && !dryRun)
        {
            foreach (var task in replaced)
            {
                await operations.DeleteAsync(task.Live!, settings.PrunePropagation, cancel);
            }

            return RunState.Pending;
        }

        foreach (var group in Consecutive(tasks.Where(task => !task.IsPrune && !(dryRun && task.SkipDryRun))))
        {
            // objects of one kind go together; the next kind waits for them
            var outcomes = await Task.WhenAll(group.Select(task => ApplyAsync(task, dryRun, cancel)));
            foreach (var (task, outcome) in group.Zip(outcomes))
            {
                failed |= Record(task, outcome, results, dryRun);
            }
        }

        return failed ? RunState.Failed : RunState.Successful;
    }

    private async Task<bool> PruneAsync(SyncTask task, SyncResults results, bool dryRun, CancellationToken cancel)
    {
        var (status, message) = await PruneAsync(task, dryRun, cancel);
        var failed = status == ResultCode.SyncFailed;
        if (!dryRun || settings.DryRun || failed)
        {
            results.Set(task, status, failed ? OperationPhase.Failed : OperationPhase.Succeeded, message);
        }

        return failed;
    }

    private async Task<(string Status, string Message)> PruneAsync(SyncTask task, bool dryRun, CancellationToken cancel)
    {
        var live = task.Live!;
        if (!settings.Prune)
        {
            return (ResultCode.PruneSkipped, "ignored (requires pruning)");
        }

        if (settings.PruneDisabled || Annotations.HasOption(live.Json, Annotations.SyncOptions, SyncOption.DisablePrune))
        {
            return (ResultCode.PruneSkipped, "ignored (no prune)");
        }

        if (dryRun)
        {
            return (ResultCode.Pruned, "pruned (dry run)");
        }

        if (live.Metadata.DeletionTimestamp is not null)
        {
            return (ResultCode.Pruned, "pruned");
        }

        var deleted = await operations.DeleteAsync(live, settings.PrunePropagation, cancel);
        return deleted.Failed ? (ResultCode.SyncFailed, deleted.Message) : (ResultCode.Pruned, "pruned");
    }

    private async Task<Outcome> ApplyAsync(SyncTask task, bool dryRun, CancellationToken cancel)
    {
        try
        {
            return await operations.ApplyAsync(task.Target!, task.Live, settings, dryRun, cancel);
        }
        catch (HttpRequestException exception)
        {
            return Outcome.Error(exception.Message);
        }
    }

    private bool Record(SyncTask task, Outcome outcome, SyncResults results, bool dryRun)
    {
        if (outcome.Failed)
        {
            results.Set(task, ResultCode.SyncFailed, OperationPhase.Failed, outcome.Message);
        }
        else if (!dryRun || settings.DryRun)
        {
            results.Set(task, ResultCode.Synced, settings.DryRun ? OperationPhase.Succeeded : OperationPhase.Running, outcome.Message);
        }

        return outcome.Failed;
    }

    private static IEnumerable<List<SyncTask>> Consecutive(IEnumerable<SyncTask> tasks)
    {
        var group = new List<SyncTask>();
        foreach (var task in tasks)
        {
            if (group.Count > 0 && group[0].Object.Kind != task.Object.Kind)
            {
                yield return group;
                group = [];
            }

            group.Add(task);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }
}
