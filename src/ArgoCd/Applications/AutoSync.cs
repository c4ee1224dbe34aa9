using ArgoCd.Comparison;
using ArgoCd.Json;
using ArgoCd.Settings;

namespace ArgoCd.Applications;

/// <summary>What the automated sync policy does about a comparison: start an operation, complain, or come again later.</summary>
internal sealed record AutoSyncDecision(Operation? Operation = null, ApplicationCondition? Error = null, TimeSpan? After = null)
{
    public static AutoSyncDecision Nothing { get; } = new();
}

/// <summary>When an application syncs by itself (<c>autoSync</c>): each revision is attempted once; drift is healed when the policy says so.</summary>
internal static class AutoSync
{
    private const long DefaultRetries = 5;

    public static AutoSyncDecision Decide(
        Application application,
        SyncStatus sync,
        IReadOnlyList<ResourceStatus> resources,
        bool revisionsMayHaveChanges,
        SelfHealBackoff backoff,
        DateTimeOffset now)
    {
        var spec = application.Spec;
        if (spec.SyncPolicy is not { IsAutomatedSyncEnabled: true } policy
            || application.Operation is not null
            || application.IsTerminating
            || sync.Status != SyncCode.OutOfSync
            || (!policy.Automated!.Prune && resources.All(resource => resource.Status == SyncCode.Synced || resource.RequiresPruning)))
        {
            return AutoSyncDecision.Nothing;
        }

        var operation = NewOperation(spec, policy, sync);
        var desired = spec.HasMultipleSources ? sync.Revisions ?? [] : [sync.Revision ?? ""];
        if (Attempted(application, desired, revisionsMayHaveChanges) is { } attempted)
        {
            var state = application.Status.OperationState!;
            if (attempted.Phase != OperationPhase.Succeeded)
            {
                return new AutoSyncDecision(Error: ApplicationCondition.Of(
                    ApplicationConditions.SyncError, $"Failed last sync attempt to {GoList(attempted.Revisions)}: {state.Message}"));
            }

            if (!policy.Automated.SelfHeal)
            {
                return AutoSyncDecision.Nothing;
            }

            var attempts = state.Operation.Sync?.AutoHealAttemptsCount ?? 0;
            var left = backoff.Delay(attempts) - (now - (state.FinishedAt ?? now));
            if (left > TimeSpan.Zero)
            {
                return new AutoSyncDecision(After: left);
            }

            operation = Heal(operation, attempts + 1, resources);
        }

        if (policy.Automated is { Prune: true, AllowEmpty: false } && resources.All(resource => resource.RequiresPruning))
        {
            return new AutoSyncDecision(Error: ApplicationCondition.Of(
                ApplicationConditions.SyncError, $"Skipping sync attempt to {GoList(desired)}: auto-sync will wipe out all resources"));
        }

        return new AutoSyncDecision(operation);
    }

    private static Operation NewOperation(ApplicationSpec spec, SyncPolicy policy, SyncStatus sync) => new()
    {
        Sync = new SyncOperation
        {
            Source = spec.HasMultipleSources ? null : spec.Source,
            Sources = spec.Sources,
            Revision = sync.Revision,
            Revisions = sync.Revisions,
            Prune = policy.Automated!.Prune,
            SyncOptions = policy.SyncOptions,
        },
        InitiatedBy = new OperationInitiator { Automated = true },
        Retry = policy.Retry ?? new RetryStrategy { Limit = DefaultRetries },
    };

    private static Operation Heal(Operation operation, long attempts, IEnumerable<ResourceStatus> resources) => operation with
    {
        Sync = operation.Sync! with
        {
            AutoHealAttemptsCount = attempts,
            Resources = [.. resources.Where(resource => resource.Status != SyncCode.Synced).Select(resource => new SyncOperationResource
            {
                Group = resource.Group,
                Kind = resource.Kind ?? "",
                Name = resource.Name ?? "",
            })],
        },
    };

    /// <summary>The last attempt, when it was for the same revision and source; null when a new one is due.</summary>
    private static (string Phase, IReadOnlyList<string> Revisions)? Attempted(Application application, IReadOnlyList<string> desired, bool compareRevisions)
    {
        if (application.Status.OperationState is not { } state)
        {
            return null;
        }

        if (state.SyncResult is not { } result)
        {
            return OperationPhase.IsCompleted(state.Phase) ? (state.Phase, []) : null;
        }

        var spec = application.Spec;
        var synced = spec.HasMultipleSources ? result.Revisions ?? [] : [result.Revision];
        if (compareRevisions && !synced.SequenceEqual(desired))
        {
            return null;
        }

        var sameSource = spec.HasMultipleSources ? ArgoJson.Same(spec.Sources, result.Sources) : ArgoJson.Same(spec.Source, result.Source);
        return sameSource ? (state.Phase, synced) : null;
    }

    private static string GoList(IEnumerable<string> items) => $"[{string.Join(' ', items)}]";
}
