namespace ArgoCd.Applications;

/// <summary><c>status</c> of an Application.</summary>
internal sealed record ApplicationStatus
{
    public IReadOnlyList<ResourceStatus>? Resources { get; init; }

    public SyncStatus Sync { get; init; } = new();

    public AppHealthStatus Health { get; init; } = new();

    public IReadOnlyList<RevisionHistory>? History { get; init; }

    public IReadOnlyList<ApplicationCondition>? Conditions { get; init; }

    public DateTimeOffset? ReconciledAt { get; init; }

    public OperationState? OperationState { get; init; }

    public string? SourceType { get; init; }

    public IReadOnlyList<string>? SourceTypes { get; init; }

    public ApplicationSummary? Summary { get; init; }

    /// <summary><c>appTree</c>: health of single resources is not stored here (default since 3.0).</summary>
    public string? ResourceHealthSource { get; init; }

    public string? ControllerNamespace { get; init; }
}

/// <summary>Synced, OutOfSync or Unknown, and against what.</summary>
internal sealed record SyncStatus
{
    public string Status { get; init; } = "";

    public ComparedTo ComparedTo { get; init; } = new();

    public string? Revision { get; init; }

    public IReadOnlyList<string>? Revisions { get; init; }
}

/// <summary>The part of the spec that the last comparison saw.</summary>
internal sealed record ComparedTo
{
    public ApplicationSource? Source { get; init; }

    public IReadOnlyList<ApplicationSource>? Sources { get; init; }

    public ApplicationDestination Destination { get; init; } = new();

    public IReadOnlyList<IgnoreDifference>? IgnoreDifferences { get; init; }
}

/// <summary>Health of the whole application.</summary>
internal sealed record AppHealthStatus
{
    public string? Status { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset? LastTransitionTime { get; init; }
}

/// <summary>One managed resource and whether it is as desired.</summary>
internal sealed record ResourceStatus
{
    public string? Group { get; init; }

    public string? Version { get; init; }

    public string? Kind { get; init; }

    public string? Namespace { get; init; }

    public string? Name { get; init; }

    /// <summary>Synced, OutOfSync, Unknown, or absent for hooks.</summary>
    public string? Status { get; init; }

    public Health.HealthStatus? Health { get; init; }

    public bool Hook { get; init; }

    public bool RequiresPruning { get; init; }

    public long SyncWave { get; init; }

    public bool RequiresDeletionConfirmation { get; init; }
}

/// <summary>One successful sync.</summary>
internal sealed record RevisionHistory
{
    public string? Revision { get; init; }

    public DateTimeOffset DeployedAt { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public long Id { get; init; }

    public ApplicationSource? Source { get; init; }

    public DateTimeOffset? DeployStartedAt { get; init; }

    public IReadOnlyList<ApplicationSource>? Sources { get; init; }

    public IReadOnlyList<string>? Revisions { get; init; }

    public OperationInitiator? InitiatedBy { get; init; }
}

/// <summary>Images and addresses found in the application's resources.</summary>
internal sealed record ApplicationSummary
{
    [System.Text.Json.Serialization.JsonPropertyName("externalURLs")]
    public IReadOnlyList<string>? ExternalURLs { get; init; }

    public IReadOnlyList<string>? Images { get; init; }
}
