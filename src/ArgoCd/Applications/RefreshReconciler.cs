using ArgoCd.Comparison;
using ArgoCd.Health;
using ArgoCd.Live;
using ArgoCd.Projects;
using ArgoCd.Settings;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Applications;

/// <summary>
/// Keeps an application's sync and health status current, and starts automated syncs (<c>processAppRefreshQueueItem</c>).
/// What is wrong with one application ends as its condition and stops no other.
/// </summary>
internal sealed class RefreshReconciler(
    ILister<Unstructured> applications,
    ProjectLookup projects,
    ArgoCdSettings settings,
    AppState state,
    ClusterCache cluster,
    ApplicationWriter writer,
    RefreshRequests requests,
    EventRecorder events,
    string @namespace,
    TimeProvider time,
    ILogger logger) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (writer.Newest(name, applications.Find(name)) is not { } application)
        {
            return Result.Done;
        }

        var timeout = RefreshDecision.WithJitter(settings.ReconciliationTimeout, settings.ReconciliationJitter, name.Name);
        var asked = requests.Take(name);
        if (RefreshDecision.Due(application, asked, timeout, settings.HardReconciliationTimeout, time.GetUtcNow()) is not { } refresh)
        {
            return Next(application.Status, timeout);
        }

        try
        {
            logger.LogInformation("{Application}: Refreshing app status ({Reason}), level ({Level})", name, refresh.Reason, (int)refresh.Level);
            return await RefreshAsync(application, refresh, timeout, cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            requests.Add(name, refresh.Level);
            throw;
        }
    }

    private async Task<Result> RefreshAsync(Application application, Refresh refresh, TimeSpan timeout, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var project = projects.Find(application.Spec.ProjectName);
        var problems = project is null ? [ProjectLookup.Missing(application.Spec.ProjectName)] : SpecValidation.Conditions(application.Spec, project);
        var status = application.Status with
        {
            Conditions = ApplicationConditions.Set(
                application.Status.Conditions, problems, now, ApplicationConditions.InvalidSpecError, ApplicationConditions.UnknownError),
        };
        if (problems.Count > 0)
        {
            status = status with
            {
                Sync = status.Sync with { Status = SyncCode.Unknown, ComparedTo = ComparedTo(application.Spec) },
                Health = new AppHealthStatus { Status = HealthCode.Unknown },
                ReconciledAt = now,
            };
            return await PersistAsync(application, status, timeout, cancel);
        }

        var sources = application.Spec.AllSources;
        var recent = refresh.Level == CompareWith.Recent;
        IReadOnlyList<string?> revisions = recent
            ? application.Spec.HasMultipleSources ? [.. application.Status.Sync.Revisions ?? []] : [application.Status.Sync.Revision]
            : [.. sources.Select(source => source.TargetRevision)];
        var comparison = await state.CompareAsync(
            application, project!, sources, revisions, refresh.Hard, refresh.Level == CompareWith.LatestForceResolve, cancel);
        if (comparison.IgnoredRepositoryError)
        {
            logger.LogInformation("{Application}: the repository did not answer; the last comparison stands for now", application.Key);
            requests.Add(application.Key, refresh.Level); // upstream forgets it until the next poll, minutes later
            return Result.After(TimeSpan.FromSeconds(30));
        }

        status = await WithAutoSyncAsync(application, status, comparison, recent, now, cancel);
        var health = ApplicationHealth.Of(comparison.Resources);
        status = status with
        {
            Conditions = ApplicationConditions.Set(
                status.Conditions,
                comparison.Conditions,
                now,
                ApplicationConditions.ComparisonError,
                ApplicationConditions.SharedResourceWarning,
                ApplicationConditions.RepeatedResourceWarning,
                ApplicationConditions.ExcludedResourceWarning),
            Sync = comparison.Sync,
            Health = new AppHealthStatus { Status = health.Status, Message = health.Message },
            Resources = Sorted(comparison.Resources),
            SourceType = application.Spec.HasMultipleSources ? null : comparison.SourceTypes.FirstOrDefault(),
            SourceTypes = application.Spec.HasMultipleSources ? comparison.SourceTypes : null,
            ReconciledAt = application.Status.ReconciledAt is null || refresh.Level >= CompareWith.Latest ? now : application.Status.ReconciledAt,
            Summary = Summary(comparison.Resources),
            ResourceHealthSource = "appTree",
            ControllerNamespace = @namespace,
        };
        return await PersistAsync(application, status, timeout, cancel);
    }

    private async Task<ApplicationStatus> WithAutoSyncAsync(
        Application application, ApplicationStatus status, ComparisonResult comparison, bool recent, DateTimeOffset now, CancellationToken cancel)
    {
        var resources = comparison.Resources.Select(resource => resource.Status).ToList();
        var decision = AutoSync.Decide(application, comparison.Sync, resources, revisionsMayHaveChanges: !recent, settings.SelfHeal, now);
        if (decision.Operation is { } operation && await writer.StartAsync(application, operation, cancel))
        {
            await events.NormalAsync(application.Object, "OperationStarted", $"Initiated automated sync to '{comparison.Sync.Revision}'", cancel);
        }

        if (decision.After is { } delay)
        {
            requests.Add(application.Key, CompareWith.Latest);
            Later?.Invoke(application.Key, delay);
        }

        IEnumerable<ApplicationCondition> errors = decision.Error is null ? [] : [decision.Error];
        return status with { Conditions = ApplicationConditions.Set(status.Conditions, errors, now, ApplicationConditions.SyncError) };
    }

    /// <summary>Puts an application into the refresh queue after a delay.</summary>
    public Action<NamespacedName, TimeSpan>? Later { get; set; }

    private async Task<Result> PersistAsync(Application application, ApplicationStatus status, TimeSpan timeout, CancellationToken cancel)
    {
        var before = application.Status;
        status = status with { Health = Transition(before.Health, status.Health, time.GetUtcNow()) };
        if (before.Sync.Status != status.Sync.Status)
        {
            await events.NormalAsync(application.Object, "ResourceUpdated", $"Updated sync status: {before.Sync.Status} -> {status.Sync.Status}", cancel);
        }

        if (before.Health.Status != status.Health.Status)
        {
            var cause = string.IsNullOrEmpty(status.Health.Message) ? "" : $" ({status.Health.Message})";
            await events.NormalAsync(
                application.Object, "ResourceUpdated", $"Updated health status: {before.Health.Status} -> {status.Health.Status}{cause}", cancel);
        }

        await writer.WriteStatusAsync(application, status, cancel);
        await writer.RemoveRefreshAsync(application, cancel);
        return Next(status, timeout);
    }

    internal static AppHealthStatus Transition(AppHealthStatus before, AppHealthStatus after, DateTimeOffset now)
        => before.Status == after.Status
            ? after with { LastTransitionTime = before.LastTransitionTime, Message = before.Message } // the message tells what caused the last transition
            : after with { LastTransitionTime = now };

    private Result Next(ApplicationStatus status, TimeSpan timeout)
        => RefreshDecision.UntilNext(status, timeout, time.GetUtcNow()) is { } delay ? Result.After(delay) : Result.Done;

    private ApplicationSummary? Summary(IReadOnlyList<ManagedResource> resources)
    {
        var tree = new ResourceTree(cluster.Objects);
        var images = resources
            .Where(resource => resource.Live is not null)
            .SelectMany(resource => tree.Descendants(resource.Live!))
            .SelectMany(@object => ContainerImages.Of(@object.Json))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var urls = resources.SelectMany(resource => ExternalUrls.Of(resource.Live)).Distinct().Order(StringComparer.Ordinal).ToList();
        return new ApplicationSummary { Images = images.Count == 0 ? null : images, ExternalURLs = urls.Count == 0 ? null : urls };
    }

    private static IReadOnlyList<ResourceStatus>? Sorted(IReadOnlyList<ManagedResource> resources)
        => resources.Count == 0
            ? null
            : [.. resources.Select(resource => resource.Status)
                .OrderBy(status => $"{status.Group}/{status.Kind}/{status.Namespace}/{status.Name}", StringComparer.Ordinal)];

    private static ComparedTo ComparedTo(ApplicationSpec spec) => new()
    {
        Source = spec.HasMultipleSources ? null : spec.Source,
        Sources = spec.Sources,
        Destination = spec.Destination,
        IgnoreDifferences = spec.IgnoreDifferences,
    };
}
