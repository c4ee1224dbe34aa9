namespace ArgoCd.Applications;

/// <summary>What was asked for: <c>operation</c> of an Application.</summary>
internal sealed record Operation
{
    public SyncOperation? Sync { get; init; }

    public OperationInitiator? InitiatedBy { get; init; }

    public IReadOnlyList<OperationInfo>? Info { get; init; }

    public RetryStrategy? Retry { get; init; }
}

/// <summary>Who asked: a user by name, or the automated sync policy.</summary>
internal sealed record OperationInitiator
{
    public string? Username { get; init; }

    public bool Automated { get; init; }
}

/// <summary>A note carried along with an operation.</summary>
internal sealed record OperationInfo(string Name, string Value);

/// <summary>A sync and its options.</summary>
internal sealed record SyncOperation
{
    public string? Revision { get; init; }

    public bool Prune { get; init; }

    public bool DryRun { get; init; }

    public SyncStrategy? SyncStrategy { get; init; }

    public IReadOnlyList<SyncOperationResource>? Resources { get; init; }

    public ApplicationSource? Source { get; init; }

    public IReadOnlyList<ApplicationSource>? Sources { get; init; }

    public IReadOnlyList<string>? Revisions { get; init; }

    public IReadOnlyList<string>? SyncOptions { get; init; }

    public long AutoHealAttemptsCount { get; init; }
}

/// <summary><c>apply</c> leaves hooks out; <c>hook</c>, the default, runs them.</summary>
internal sealed record SyncStrategy
{
    public SyncStrategyApply? Apply { get; init; }

    public SyncStrategyApply? Hook { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool Force => Apply?.Force == true || Hook?.Force == true;
}

/// <summary>Options of a strategy.</summary>
internal sealed record SyncStrategyApply
{
    public bool Force { get; init; }
}

/// <summary>One resource of a partial sync.</summary>
internal sealed record SyncOperationResource
{
    public string? Group { get; init; }

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Namespace { get; init; }
}
