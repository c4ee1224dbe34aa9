using ArgoCd.Applications;

namespace ArgoCd.Sync;

/// <summary>The options of one operation, from the operation and the application's policy.</summary>
internal static class SyncSettingsOf
{
    public static SyncSettings Operation(SyncOperation operation, ApplicationSpec spec)
    {
        var options = operation.SyncOptions ?? [];
        return new SyncSettings
        {
            Namespace = spec.Destination.Namespace ?? "",
            DryRun = operation.DryRun,
            Prune = operation.Prune,
            PruneLast = options.Contains(SyncOption.PruneLast),
            PruneDisabled = options.Contains(SyncOption.DisablePrune),
            Force = operation.SyncStrategy?.Force == true,
            Replace = options.Contains(SyncOption.Replace),
            ServerSideApply = options.Contains(SyncOption.ServerSideApply),
            Validate = !options.Contains(SyncOption.DisableValidation),
            SkipHooks = operation.SyncStrategy?.Apply is not null || operation.Resources is { Count: > 0 },
            SkipDryRunOnMissingResource = options.Contains(SyncOption.SkipDryRunOnMissingResource),
            ApplyOutOfSyncOnly = options.Contains(SyncOption.ApplyOutOfSyncOnly),
            PrunePropagation = Propagation(options),
            CreateNamespace = options.Contains(SyncOption.CreateNamespace),
            NamespaceMetadata = spec.SyncPolicy?.ManagedNamespaceMetadata,
        };
    }

    private static string Propagation(IReadOnlyList<string> options)
        => options.Contains("PrunePropagationPolicy=background") ? "Background"
            : options.Contains("PrunePropagationPolicy=orphan") ? "Orphan" : "Foreground";
}
