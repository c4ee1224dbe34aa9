using System.Text.Json.Serialization;

namespace ArgoCd.Applications;

/// <summary>When and how an application is synced.</summary>
internal sealed record SyncPolicy
{
    public AutomatedSync? Automated { get; init; }

    public IReadOnlyList<string>? SyncOptions { get; init; }

    public RetryStrategy? Retry { get; init; }

    public ManagedNamespaceMetadata? ManagedNamespaceMetadata { get; init; }

    [JsonIgnore]
    public bool IsAutomatedSyncEnabled => Automated is { Enabled: not false };

    [JsonIgnore]
    public bool IsZero => Automated is null && SyncOptions is null or { Count: 0 } && Retry is null && ManagedNamespaceMetadata is null;
}

/// <summary><c>syncPolicy.automated</c>.</summary>
internal sealed record AutomatedSync
{
    public bool Prune { get; init; }

    public bool SelfHeal { get; init; }

    public bool AllowEmpty { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Enabled { get; init; }
}

/// <summary>Labels and annotations of a namespace made by <c>CreateNamespace=true</c>.</summary>
internal sealed record ManagedNamespaceMetadata
{
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}

/// <summary>How often, and how long after a failure, an operation is tried again.</summary>
internal sealed record RetryStrategy
{
    private const double DefaultFactor = 2;
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultMaxDuration = TimeSpan.FromMinutes(3);

    /// <summary>Attempts after the first; negative: without limit.</summary>
    public long Limit { get; init; }

    public RetryBackoff? Backoff { get; init; }

    /// <summary>Whether a retry takes the latest revision.</summary>
    public bool Refresh { get; init; }

    /// <summary>When to try again after a failure (<c>RetryStrategy.NextRetryAt</c>).</summary>
    /// <param name="lastAttempt">When the failed attempt ended.</param>
    /// <param name="retries">Attempts made so far after the first.</param>
    /// <exception cref="FormatException">A duration that cannot be read.</exception>
    public DateTimeOffset NextRetryAt(DateTimeOffset lastAttempt, long retries)
    {
        var duration = string.IsNullOrEmpty(Backoff?.Duration) ? DefaultDuration : Durations.Parse(Backoff.Duration);
        var max = string.IsNullOrEmpty(Backoff?.MaxDuration) ? DefaultMaxDuration : Durations.Parse(Backoff.MaxDuration);
        var seconds = duration.TotalSeconds * Math.Pow(Backoff?.Factor ?? DefaultFactor, retries);
        return lastAttempt + TimeSpan.FromSeconds(max > TimeSpan.Zero ? Math.Min(seconds, max.TotalSeconds) : seconds);
    }
}

/// <summary><c>retry.backoff</c>; durations as Go writes them, or whole seconds.</summary>
internal sealed record RetryBackoff
{
    public string? Duration { get; init; }

    public long? Factor { get; init; }

    public string? MaxDuration { get; init; }
}
