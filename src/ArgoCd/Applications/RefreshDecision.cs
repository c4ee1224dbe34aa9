using ArgoCd.Json;

namespace ArgoCd.Applications;

/// <summary>A refresh that is due.</summary>
internal readonly record struct Refresh(CompareWith Level, bool Hard, string Reason);

/// <summary>Whether an application is to be compared now, and when next (<c>needRefreshAppStatus</c>).</summary>
internal static class RefreshDecision
{
    /// <param name="application">As stored.</param>
    /// <param name="requested">What the controller itself asked for.</param>
    /// <param name="timeout">Age at which a comparison expires; zero: never.</param>
    /// <param name="hardTimeout">Likewise for one that takes nothing from caches.</param>
    /// <param name="now">The time.</param>
    public static Refresh? Due(Application application, CompareWith? requested, TimeSpan timeout, TimeSpan hardTimeout, DateTimeOffset now)
    {
        var (spec, status) = (application.Spec, application.Status);
        if (application.RefreshRequested is { } type)
        {
            return new Refresh(CompareWith.LatestForceResolve, type == "hard", $"{type} refresh requested");
        }

        if (!SourcesAreCompared(spec, status.Sync.ComparedTo))
        {
            return new Refresh(CompareWith.LatestForceResolve, Hard: false, "spec.source differs");
        }

        var hard = hardTimeout > TimeSpan.Zero && (status.ReconciledAt is not { } hardAt || now >= hardAt + hardTimeout);
        if (hard || status.ReconciledAt is null || (timeout > TimeSpan.Zero && now >= status.ReconciledAt + timeout))
        {
            return new Refresh(CompareWith.Latest, hard, $"comparison expired, requesting {(hard ? "hard " : "")}refresh");
        }

        if (!ArgoJson.Same(spec.Destination, status.Sync.ComparedTo.Destination))
        {
            return new Refresh(CompareWith.Latest, Hard: false, "spec.destination differs");
        }

        if (HasChangedNamespaceMetadata(application))
        {
            return new Refresh(CompareWith.Latest, Hard: false, "spec.syncPolicy.managedNamespaceMetadata differs");
        }

        if (!ArgoJson.Same(spec.IgnoreDifferences ?? [], status.Sync.ComparedTo.IgnoreDifferences ?? []))
        {
            return new Refresh(CompareWith.Latest, Hard: false, "spec.ignoreDifferences differs");
        }

        return requested is { } level ? new Refresh(level, Hard: false, "controller refresh requested") : null;
    }

    /// <summary>Time until the next poll; null when there is none.</summary>
    public static TimeSpan? UntilNext(ApplicationStatus status, TimeSpan timeout, DateTimeOffset now)
    {
        if (timeout <= TimeSpan.Zero || status.ReconciledAt is not { } reconciledAt)
        {
            return null;
        }

        var left = reconciledAt + timeout - now;
        return left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
    }

    /// <summary>The timeout with an application's own share of the jitter: the same for the same name, spread over applications.</summary>
    public static TimeSpan WithJitter(TimeSpan timeout, TimeSpan jitter, string application)
    {
        if (timeout <= TimeSpan.Zero || jitter <= TimeSpan.Zero)
        {
            return timeout;
        }

        uint hash = 2166136261; // FNV-1a: string.GetHashCode differs between processes
        foreach (var character in application)
        {
            hash = (hash ^ character) * 16777619;
        }

        return timeout + (jitter * (hash % 1000 / 1000.0));
    }

    public static bool HasChangedNamespaceMetadata(Application application)
        => application.Spec.SyncPolicy?.ManagedNamespaceMetadata is { } wanted
            && application.Status.OperationState?.SyncResult is { } result
            && !ArgoJson.Same(wanted, result.ManagedNamespaceMetadata ?? new ManagedNamespaceMetadata());

    private static bool SourcesAreCompared(ApplicationSpec spec, ComparedTo compared)
        => spec.HasMultipleSources
            ? ArgoJson.Same(spec.Sources, compared.Sources)
            : ArgoJson.Same(spec.Source ?? new ApplicationSource(), compared.Source ?? new ApplicationSource());
}
