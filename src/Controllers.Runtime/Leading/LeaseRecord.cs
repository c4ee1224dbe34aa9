using k8s.Models;

namespace Controllers.Runtime.Leading;

/// <summary>What stands in the Lease, as values (client-go <c>resourcelock/leaselock.go</c>).</summary>
internal static class LeaseRecord
{
    public static V1Lease First(LeaderElectionOptions options, DateTimeOffset now) => new()
    {
        Metadata = new V1ObjectMeta { Name = options.LeaseName, NamespaceProperty = options.Namespace },
        Spec = new V1LeaseSpec
        {
            HolderIdentity = options.Identity,
            LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
            AcquireTime = now.UtcDateTime,
            RenewTime = now.UtcDateTime,
            LeaseTransitions = 0,
        },
    };

    /// <summary>Free, ours, or unchanged for longer than it lasts.</summary>
    public static bool MayTake(V1Lease lease, string identity, DateTimeOffset seenAt, DateTimeOffset now)
        => string.IsNullOrEmpty(lease.Spec?.HolderIdentity)
           || lease.Spec.HolderIdentity == identity
           || seenAt + TimeSpan.FromSeconds(lease.Spec.LeaseDurationSeconds ?? 0) < now;

    public static V1Lease Held(V1Lease lease, LeaderElectionOptions options, DateTimeOffset now)
    {
        var spec = lease.Spec ?? new V1LeaseSpec();
        var same = spec.HolderIdentity == options.Identity;
        return new V1Lease
        {
            Metadata = lease.Metadata,
            Spec = new V1LeaseSpec
            {
                HolderIdentity = options.Identity,
                LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
                AcquireTime = same ? spec.AcquireTime : now.UtcDateTime,
                RenewTime = now.UtcDateTime,
                LeaseTransitions = (spec.LeaseTransitions ?? 0) + (same ? 0 : 1),
            },
        };
    }

    public static V1Lease Released(V1Lease lease, DateTimeOffset now) => new()
    {
        Metadata = lease.Metadata,
        Spec = new V1LeaseSpec
        {
            HolderIdentity = "",
            LeaseDurationSeconds = 1,
            AcquireTime = now.UtcDateTime,
            RenewTime = now.UtcDateTime,
            LeaseTransitions = lease.Spec.LeaseTransitions,
        },
    };
}
