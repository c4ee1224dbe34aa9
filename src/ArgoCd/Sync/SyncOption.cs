namespace ArgoCd.Sync;

/// <summary>Sync options by name (<c>docs/user-guide/sync-options.md</c>).</summary>
internal static class SyncOption
{
    public const string CreateNamespace = "CreateNamespace=true";
    public const string DisableValidation = "Validate=false";
    public const string SkipDryRunOnMissingResource = "SkipDryRunOnMissingResource=true";
    public const string PruneLast = "PruneLast=true";
    public const string DisablePrune = "Prune=false";
    public const string Replace = "Replace=true";
    public const string Force = "Force=true";
    public const string ServerSideApply = "ServerSideApply=true";
    public const string DisableServerSideApply = "ServerSideApply=false";
    public const string ApplyOutOfSyncOnly = "ApplyOutOfSyncOnly=true";
    public const string FailOnSharedResource = "FailOnSharedResource=true";
    public const string RespectIgnoreDifferences = "RespectIgnoreDifferences=true";
    public const string DisableDelete = "Delete=false";
}

/// <summary>How one sync is to be done.</summary>
internal sealed record SyncSettings
{
    public string Namespace { get; init; } = "";

    public bool DryRun { get; init; }

    public bool Prune { get; init; }

    public bool PruneLast { get; init; }

    public bool PruneDisabled { get; init; }

    public bool Force { get; init; }

    public bool Replace { get; init; }

    public bool ServerSideApply { get; init; }

    public bool Validate { get; init; } = true;

    public bool SkipHooks { get; init; }

    public bool SkipDryRunOnMissingResource { get; init; }

    public bool ApplyOutOfSyncOnly { get; init; }

    /// <summary><c>Foreground</c>, <c>Background</c> or <c>Orphan</c>.</summary>
    public string PrunePropagation { get; init; } = "Foreground";

    public bool CreateNamespace { get; init; }

    public Applications.ManagedNamespaceMetadata? NamespaceMetadata { get; init; }
}
