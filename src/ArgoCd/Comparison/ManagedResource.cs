using ArgoCd.Applications;
using Controllers.Runtime.Client;

namespace ArgoCd.Comparison;

/// <summary>One resource of an application: desired, live, or both, and how they compare.</summary>
internal sealed record ManagedResource(ResourceKey Key, string Version, Unstructured? Target, Unstructured? Live, DiffResult Diff, ResourceStatus Status);

/// <summary>What a comparison found.</summary>
/// <param name="Sync">Sync status of the whole application.</param>
/// <param name="Resources">Every resource, hooks left out.</param>
/// <param name="Hooks">Desired hooks.</param>
/// <param name="Conditions">Errors and warnings.</param>
/// <param name="SourceTypes">How the manifests of each source were made.</param>
internal sealed record ComparisonResult(
    SyncStatus Sync,
    IReadOnlyList<ManagedResource> Resources,
    IReadOnlyList<Unstructured> Hooks,
    IReadOnlyList<ApplicationCondition> Conditions,
    IReadOnlyList<string> SourceTypes)
{
    /// <summary>A repository error that is not to be shown yet (<c>ErrCompareStateRepo</c>).</summary>
    public bool IgnoredRepositoryError { get; init; }
}
