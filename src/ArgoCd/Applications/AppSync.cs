using ArgoCd.Comparison;
using ArgoCd.Live;
using ArgoCd.Projects;
using ArgoCd.Sync;
using Controllers.Runtime.Client;

namespace ArgoCd.Applications;

/// <summary>Carries a sync operation a step further (<c>SyncAppState</c>).</summary>
internal sealed class AppSync(AppState appState, ClusterCache cluster, IResourceOperations operations, ApplicationWriter writer, TimeProvider time)
{
    private const int HistoryLimitDefault = 10;

    /// <returns>The state after the step.</returns>
    public async Task<OperationState> StepAsync(Application application, AppProject project, OperationState state, CancellationToken cancel)
    {
        if (state.Operation.Sync is not { } operation)
        {
            return state with { Phase = OperationPhase.Error, Message = "Invalid operation request: no operation specified" };
        }

        var result = state.SyncResult ?? new SyncOperationResult
        {
            Source = operation.Sources is { Count: > 0 } ? null : operation.Source ?? application.Spec.Source,
            Sources = operation.Sources ?? application.Spec.Sources,
            Revision = operation.Revision ?? "",
            Revisions = operation.Revisions,
        };
        IReadOnlyList<ApplicationSource> sources = result.Sources is { Count: > 0 } many ? many : [result.Source ?? new ApplicationSource()];
        IReadOnlyList<string?> revisions = result.Sources is { Count: > 0 } ? [.. result.Revisions ?? []] : [result.Revision];
        var comparison = await appState.CompareAsync(application, project, sources, revisions, hard: false, reportErrors: true, cancel);
        state = state with
        {
            SyncResult = result with { Revision = comparison.Sync.Revision ?? "", Revisions = comparison.Sync.Revisions },
        };
        if (Obstacle(comparison, application, operation) is { } obstacle)
        {
            return state with { Phase = obstacle.Phase, Message = obstacle.Message };
        }

        var settings = SyncSettingsOf.Operation(operation, application.Spec);
        var context = new SyncContext(Input(application, project, comparison, operation), settings, operations, state);
        if (state.Phase == OperationPhase.Terminating)
        {
            await context.TerminateAsync(cancel);
        }
        else
        {
            await context.SyncAsync(cancel);
        }

        state = state with
        {
            Phase = context.Phase,
            Message = context.Message,
            SyncResult = state.SyncResult! with
            {
                Resources = [.. context.Results.Select(SyncMessageAugmentation.Apply)],
                ManagedNamespaceMetadata = application.Spec.SyncPolicy?.ManagedNamespaceMetadata,
            },
        };
        if (state.Phase == OperationPhase.Succeeded && !operation.DryRun && operation.Resources is not { Count: > 0 })
        {
            await writer.WriteHistoryAsync(application, History(application, state, comparison, time.GetUtcNow()), cancel);
        }

        return state;
    }

    internal static IReadOnlyList<RevisionHistory> History(Application application, OperationState state, ComparisonResult comparison, DateTimeOffset now)
    {
        var history = application.Status.History ?? [];
        var entry = new RevisionHistory
        {
            Id = history.Count == 0 ? 0 : history[^1].Id + 1,
            Revision = comparison.Sync.Revision,
            Revisions = comparison.Sync.Revisions,
            Source = comparison.Sync.ComparedTo.Source,
            Sources = comparison.Sync.ComparedTo.Sources,
            DeployedAt = now,
            DeployStartedAt = state.StartedAt,
            InitiatedBy = state.Operation.InitiatedBy,
        };
        return [.. history.Append(entry).TakeLast(application.Spec.RevisionHistoryLimit ?? HistoryLimitDefault)];
    }

    private static (string Phase, string Message)? Obstacle(ComparisonResult comparison, Application application, SyncOperation operation)
    {
        if (operation.SyncOptions?.Contains(SyncOption.FailOnSharedResource) == true
            && comparison.Conditions.FirstOrDefault(condition => condition.Type == ApplicationConditions.SharedResourceWarning) is { } shared)
        {
            return (OperationPhase.Failed, $"Shared resource found: {shared.Message}");
        }

        var errors = comparison.Conditions.Where(condition => condition.Type == ApplicationConditions.ComparisonError)
            .Concat((application.Status.Conditions ?? []).Where(condition => condition.Type == ApplicationConditions.InvalidSpecError))
            .ToList();
        return errors.Count > 0 ? (OperationPhase.Error, ApplicationConditions.Format(errors)) : null;
    }

    private SyncInput Input(Application application, AppProject project, ComparisonResult comparison, SyncOperation operation)
    {
        bool Selected(ManagedResource resource)
            => (operation.Resources is not { Count: > 0 } || operation.Resources.Any(selected => IsSelected(selected, resource.Key)))
                && StateComparison.IsSelfReferenced(resource.Target, resource.Live, application.Name);

        string? Refusal(Unstructured @object)
        {
            var namespaced = cluster.Kinds.IsNamespaced(@object.Group, @object.Kind) ?? true;
            return ProjectPermissions.IsGroupKindPermitted(project, @object.Group, @object.Kind, @object.Metadata.Name ?? "", namespaced)
                ? null
                : $"resource {@object.Group}:{@object.Kind} is not permitted in project {project.Name}";
        }

        var respect = operation.SyncOptions?.Contains(SyncOption.RespectIgnoreDifferences) == true;
        Unstructured? Target(ManagedResource resource) => respect && resource is { Target: { } target, Live: { } live }
            ? IgnoredFields.Respect(target, live, application.Spec.IgnoreDifferences ?? [])
            : resource.Target;

        return new SyncInput(
            [.. comparison.Resources.Where(Selected).Select(resource => (Target(resource), resource.Live, resource.Diff.Modified))],
            comparison.Hooks,
            comparison.Sync.Revision ?? "")
        {
            Permit = Refusal,
            FindLive = cluster.Find,
        };
    }

    private static bool IsSelected(SyncOperationResource selected, ResourceKey key)
        => selected.Kind == key.Kind && (selected.Group ?? "") == key.Group && selected.Name == key.Name
            && (string.IsNullOrEmpty(selected.Namespace) || selected.Namespace == key.Namespace);
}
