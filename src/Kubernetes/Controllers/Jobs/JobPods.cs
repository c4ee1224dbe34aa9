using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Jobs;

/// <summary>A Job's pods by what became of them.</summary>
internal sealed class JobPods
{
    private readonly V1Job _job;
    private readonly JobLedger _ledger;

    /// <param name="job">The Job.</param>
    /// <param name="owned">All its pods.</param>
    /// <param name="holds">Whether a pod is still to be counted; null: by its finalizer.</param>
    public JobPods(V1Job job, IReadOnlyList<V1Pod> owned, Func<V1Pod, bool>? holds = null)
    {
        _job = job;
        _ledger = JobLedger.Of(job.Status);
        Active = [.. owned.Where(pod => pod.IsActive())];
        Terminating = owned.Count(pod => pod.IsTerminating() && !pod.IsFinished());
        Held = [.. owned.Where(holds ?? PodTracking.HasFinalizer)];
        SucceededPods = [.. owned.Where(pod => pod.Status?.Phase == "Succeeded")];
        List<V1Pod> failed = [.. owned.Where(HasFailed)];
        FailedPods = [.. failed.Where(pod => !PodFailureRules.Ignores(job, pod))];
        if (CompletionIndexes.IsIndexed(job))
        {
            CompletedIndexes = CompletionIndexes.Completed(job, SucceededPods);
            TakenIndexes = [.. CompletedIndexes, .. owned.Where(pod => pod.IsActive() || (WaitsForTheEnd && !pod.IsFinished())).Select(CompletionIndexes.Of).OfType<int>()];
        }

        if (IndexFailures.AreCounted(job))
        {
            FailedIndexes = IndexFailures.FailedIndexes(job, failed);
            FailedIndexes.ExceptWith(CompletedIndexes!);
            Waiting = IndexFailures.Waiting(owned, failed, new HashSet<int>([.. CompletedIndexes!, .. FailedIndexes]));
        }

        NewSucceeded = [.. Held.Where(pod => pod.Status?.Phase == "Succeeded" && !_ledger.UncountedSucceeded.Contains(pod.Metadata.Uid))];
        NewFailed = [.. Held.Where(pod => HasFailed(pod) && IsToCount(pod) && !IsWaiting(pod))];
    }

    public IReadOnlyList<V1Pod> Active { get; }

    /// <summary>Being deleted, and not ended yet.</summary>
    public int Terminating { get; }

    /// <summary>With the finalizer of tracking: not counted yet.</summary>
    public IReadOnlyList<V1Pod> Held { get; }

    /// <summary>Failed, or deleted before their end (where the Job replaces such pods at once), and not forgiven by the failure policy.</summary>
    public IReadOnlyList<V1Pod> FailedPods { get; }

    public IReadOnlyList<V1Pod> SucceededPods { get; }

    /// <summary>Succeeded, and not entered in the status yet.</summary>
    public IReadOnlyList<V1Pod> NewSucceeded { get; }

    /// <summary>Failed, and not entered in the status yet.</summary>
    public IReadOnlyList<V1Pod> NewFailed { get; }

    /// <summary>Of an Indexed Job, what is done; else null.</summary>
    public SortedSet<int>? CompletedIndexes { get; }

    /// <summary>Of a Job with <c>backoffLimitPerIndex</c>, what is given up; else null.</summary>
    public SortedSet<int>? FailedIndexes { get; }

    /// <summary>Of an Indexed Job, what is done or has a pod.</summary>
    public HashSet<int> TakenIndexes { get; } = [];

    /// <summary>Of a Job with <c>backoffLimitPerIndex</c>, the failed pod that each index awaits the successor of.</summary>
    public IReadOnlyDictionary<int, V1Pod> Waiting { get; } = new Dictionary<int, V1Pod>();

    public int Succeeded => CompletedIndexes?.Count ?? _ledger.SucceededInAll + NewSucceeded.Count;

    public int Failed => _ledger.FailedInAll + NewFailed.Count;

    public int Ready => Active.Count(pod => pod.IsReady());

    /// <summary>Restarts of containers in place; they count against the limit when the restart policy is OnFailure.</summary>
    public int Restarts => Active.Sum(pod => (pod.Status?.ContainerStatuses ?? []).Concat(pod.Status?.InitContainerStatuses ?? []).Sum(status => status.RestartCount));

    /// <summary>Whether a pod that is being deleted is replaced, and counted, only when it has ended (<c>podReplacementPolicy: Failed</c>).</summary>
    public bool WaitsForTheEnd => _job.Spec.PodReplacementPolicy == "Failed";

    /// <summary>Whether the pod's failure counts and is not entered yet.</summary>
    public bool IsToCount(V1Pod pod) => !_ledger.UncountedFailed.Contains(pod.Metadata.Uid) && !PodFailureRules.Ignores(_job, pod);

    /// <summary>Whether the pod stays until its index has another.</summary>
    public bool IsWaiting(V1Pod pod) => CompletionIndexes.Of(pod) is { } index && Waiting.TryGetValue(index, out var waiting) && waiting.Metadata.Uid == pod.Metadata.Uid;

    public bool HasFailed(V1Pod pod)
        => pod.Status?.Phase == "Failed" || (!WaitsForTheEnd && pod.IsTerminating() && pod.Status?.Phase != "Succeeded");

    /// <summary>When the last pod failed since the last success, and how many did.</summary>
    public (int Count, DateTime? LastAt) FailuresInARow()
    {
        var lastSuccess = SucceededPods.Select(FinishedAt).Max();
        var since = FailedPods.Select(FinishedAt).Where(at => at is not null && (lastSuccess is null || at > lastSuccess)).ToList();
        return (since.Count, since.Max());
    }

    /// <summary>When a pod ended, as well as it can be told (<c>backoff_utils.go</c>).</summary>
    public static DateTime? FinishedAt(V1Pod pod)
        => (pod.Status?.ContainerStatuses ?? []).Max(status => status.State?.Terminated?.FinishedAt)
            ?? (pod.Condition("Ready") is { Status: "False" } unready ? unready.LastTransitionTime : null)
            ?? pod.Metadata.DeletionTimestamp?.AddSeconds(-(pod.Metadata.DeletionGracePeriodSeconds ?? 0))
            ?? pod.Metadata.CreationTimestamp;
}
