using System.Collections.Concurrent;
using ArgoCd.Comparison;
using ArgoCd.Json;
using ArgoCd.Live;
using ArgoCd.Projects;
using ArgoCd.Settings;
using ArgoCd.Source;
using Controllers.Runtime;

namespace ArgoCd.Applications;

/// <summary>Loads what an application should be, and compares it with what is there (<c>appStateManager</c>).</summary>
internal sealed class AppState(ArgoCdSettings settings, Repositories repositories, SourceManifests manifests, ClusterCache cluster, TimeProvider time)
{
    private readonly ConcurrentDictionary<NamespacedName, DateTimeOffset> _repositoryErrors = new();

    /// <param name="application">The application.</param>
    /// <param name="project">Its project.</param>
    /// <param name="sources">Its sources, or those of an operation.</param>
    /// <param name="revisions">What each is to be compared at; null: its target revision.</param>
    /// <param name="hard">Whether cached manifests are left alone.</param>
    /// <param name="reportErrors">Whether a repository error counts at once: else it is ignored for a while, as it may pass.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<ComparisonResult> CompareAsync(
        Application application,
        AppProject project,
        IReadOnlyList<ApplicationSource> sources,
        IReadOnlyList<string?> revisions,
        bool hard,
        bool reportErrors,
        CancellationToken cancel)
    {
        var loaded = new List<Manifests>();
        var conditions = new List<ApplicationCondition>();
        try
        {
            for (var index = 0; index < sources.Count; index++)
            {
                loaded.Add(await LoadAsync(sources, index, revisions.ElementAtOrDefault(index), hard, cancel));
            }

            _repositoryErrors.TryRemove(application.Key, out _);
        }
        catch (SourceException exception)
        {
            var message = $"failed to generate manifest for source {loaded.Count + 1} of {sources.Count}: {exception.Message}";
            if (!reportErrors && IsGraceGiven(application.Key))
            {
                return new ComparisonResult(new SyncStatus(), [], [], [], []) { IgnoredRepositoryError = true };
            }

            loaded = null;
            conditions.Add(ApplicationCondition.Of(ApplicationConditions.ComparisonError, $"Failed to load target state: {message}"));
        }

        await cluster.Synced.WaitAsync(cancel);
        var (status, resources, hooks, found) = StateComparison.Compare(new ComparisonInput(application.Spec, application.Name, project)
        {
            Desired = loaded?.SelectMany(source => source.Objects).ToList(),
            Live = cluster.Objects,
            FindLive = cluster.Find,
            IsNamespaced = cluster.Kinds.IsNamespaced,
            Exclusions = settings.Exclusions,
        });
        if (status == SyncCode.Synced && RefreshDecision.HasChangedNamespaceMetadata(application))
        {
            status = SyncCode.OutOfSync;
        }

        var many = application.Spec.HasMultipleSources;
        var sync = new SyncStatus
        {
            Status = status,
            Revision = many ? null : loaded?[0].Revision ?? revisions.ElementAtOrDefault(0) ?? sources[0].TargetRevision,
            Revisions = many ? loaded?.ConvertAll(source => source.Revision) ?? [] : null,
            ComparedTo = new ComparedTo
            {
                Source = many ? null : sources[0],
                Sources = many ? sources : null,
                Destination = application.Spec.Destination,
                IgnoreDifferences = application.Spec.IgnoreDifferences,
            },
        };
        return new ComparisonResult(sync, resources, hooks, [.. conditions, .. found], loaded?.ConvertAll(source => source.SourceType) ?? []);
    }

    private async Task<Manifests> LoadAsync(IReadOnlyList<ApplicationSource> sources, int index, string? revision, bool hard, CancellationToken cancel)
    {
        var source = sources[index];
        var repository = repositories.Find(source.RepoURL);
        var commit = await manifests.ResolveAsync(repository, string.IsNullOrEmpty(revision) ? source.TargetRevision : revision, cancel);
        return !string.IsNullOrEmpty(source.Ref) && string.IsNullOrEmpty(source.Path)
            ? new Manifests(commit, ManifestFiles.DirectoryType, []) // only referred to by other sources
            : await manifests.GenerateAsync(repository, source, commit, useCache: !hard, cancel);
    }

    private bool IsGraceGiven(NamespacedName application)
    {
        var now = time.GetUtcNow();
        return now - _repositoryErrors.GetOrAdd(application, now) <= settings.RepositoryErrorGracePeriod;
    }
}
