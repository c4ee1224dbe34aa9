namespace ArgoCd.Applications;

/// <summary>How an operation is going: <c>status.operationState</c>.</summary>
internal sealed record OperationState
{
    public Operation Operation { get; init; } = new();

    /// <summary>One of <see cref="OperationPhase"/>.</summary>
    public string Phase { get; init; } = "";

    public string? Message { get; init; }

    public SyncOperationResult? SyncResult { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Set on a completed operation, and on a running one that waits for its next retry.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public long RetryCount { get; init; }
}

/// <summary>Phases of an operation and of one task (<c>sync/common/types.go</c>).</summary>
internal static class OperationPhase
{
    public const string Running = "Running";
    public const string Terminating = "Terminating";
    public const string Failed = "Failed";
    public const string Error = "Error";
    public const string Succeeded = "Succeeded";

    public static bool IsCompleted(string? phase) => phase is Failed or Error or Succeeded;
}

/// <summary>What a sync did.</summary>
internal sealed record SyncOperationResult
{
    public IReadOnlyList<ResourceResult>? Resources { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public string Revision { get; init; } = "";

    public ApplicationSource? Source { get; init; }

    public IReadOnlyList<ApplicationSource>? Sources { get; init; }

    public IReadOnlyList<string>? Revisions { get; init; }

    public ManagedNamespaceMetadata? ManagedNamespaceMetadata { get; init; }
}

/// <summary>What a sync did with one resource.</summary>
internal sealed record ResourceResult
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Kind { get; init; } = "";

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Synced, SyncFailed, Pruned or PruneSkipped.</summary>
    public string? Status { get; init; }

    public string? Message { get; init; }

    public string? HookType { get; init; }

    public string? HookPhase { get; init; }

    public string? SyncPhase { get; init; }

    public IReadOnlyList<string>? Images { get; init; }
}
