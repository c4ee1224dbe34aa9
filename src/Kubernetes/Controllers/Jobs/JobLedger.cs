using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>
/// How many of a Job's pods are counted, and which finished ones are entered but may still carry their finalizer
/// (<c>status.uncountedTerminatedPods</c>): a pod is entered, let go, and then counted, so that it is counted once whatever is interrupted.
/// </summary>
/// <param name="Succeeded">Counted; of an Indexed Job the completed indexes count instead.</param>
/// <param name="Failed">Counted.</param>
/// <param name="UncountedSucceeded">Uids.</param>
/// <param name="UncountedFailed">Uids.</param>
internal sealed record JobLedger(int Succeeded, int Failed, IReadOnlyList<string> UncountedSucceeded, IReadOnlyList<string> UncountedFailed)
{
    public bool IsSettled => UncountedSucceeded.Count == 0 && UncountedFailed.Count == 0;

    public int SucceededInAll => Succeeded + UncountedSucceeded.Count;

    public int FailedInAll => Failed + UncountedFailed.Count;

    public static JobLedger Of(V1JobStatus? status) => new(
        status?.Succeeded ?? 0,
        status?.Failed ?? 0,
        [.. status?.UncountedTerminatedPods?.Succeeded ?? []],
        [.. status?.UncountedTerminatedPods?.Failed ?? []]);

    public JobLedger Enter(IEnumerable<string> succeeded, IEnumerable<string> failed) => this with
    {
        UncountedSucceeded = [.. UncountedSucceeded.Concat(succeeded).Distinct()],
        UncountedFailed = [.. UncountedFailed.Concat(failed).Distinct()],
    };

    /// <summary>Counts the entered pods that no longer have their finalizer.</summary>
    public JobLedger Settle(Func<string, bool> isHeld)
    {
        List<string> succeeded = [.. UncountedSucceeded.Where(isHeld)], failed = [.. UncountedFailed.Where(isHeld)];
        return new JobLedger(
            Succeeded + UncountedSucceeded.Count - succeeded.Count, Failed + UncountedFailed.Count - failed.Count, succeeded, failed);
    }

    public V1UncountedTerminatedPods ToStatus() => new()
    {
        Succeeded = UncountedSucceeded.Count == 0 ? null : [.. UncountedSucceeded],
        Failed = UncountedFailed.Count == 0 ? null : [.. UncountedFailed],
    };
}
