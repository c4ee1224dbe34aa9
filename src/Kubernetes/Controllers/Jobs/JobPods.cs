using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Jobs;

/// <summary>A Job's pods by what became of them.</summary>
internal sealed class JobPods
{
    /// <param name="job">The Job.</param>
    /// <param name="owned">All its pods.</param>
    public JobPods(V1Job job, IReadOnlyList<V1Pod> owned)
    {
        Active = [.. owned.Where(pod => pod.IsActive())];
        Terminating = owned.Count(pod => pod.IsTerminating() && !pod.IsFinished());
        FailedPods = [.. owned.Where(pod => pod.Status?.Phase == "Failed" && !PodFailureRules.Ignores(job, pod))];
        SucceededPods = [.. owned.Where(pod => pod.Status?.Phase == "Succeeded")];

        // a finished pod that somebody deleted still counts
        Failed = Math.Max(FailedPods.Count, job.Status?.Failed ?? 0);
        if (CompletionIndexes.IsIndexed(job))
        {
            CompletedIndexes = CompletionIndexes.Completed(job, SucceededPods);
            TakenIndexes = [.. CompletedIndexes, .. owned.Where(pod => !pod.IsFinished()).Select(CompletionIndexes.Of).OfType<int>()];
        }

        Succeeded = CompletedIndexes?.Count ?? Math.Max(SucceededPods.Count, job.Status?.Succeeded ?? 0);
    }

    public IReadOnlyList<V1Pod> Active { get; }

    /// <summary>Being deleted, and not ended yet.</summary>
    public int Terminating { get; }

    public IReadOnlyList<V1Pod> FailedPods { get; }

    public IReadOnlyList<V1Pod> SucceededPods { get; }

    public int Failed { get; }

    /// <summary>Of an Indexed Job, what is done; else null.</summary>
    public SortedSet<int>? CompletedIndexes { get; }

    /// <summary>Of an Indexed Job, what is done or has a pod.</summary>
    public HashSet<int> TakenIndexes { get; } = [];

    public int Succeeded { get; }

    public int Ready => Active.Count(pod => pod.IsReady());

    /// <summary>Restarts of containers in place; they count against the limit when the restart policy is OnFailure.</summary>
    public int Restarts => Active.Sum(pod => (pod.Status?.ContainerStatuses ?? []).Concat(pod.Status?.InitContainerStatuses ?? []).Sum(status => status.RestartCount));

    /// <summary>When the last pod failed since the last success, and how many did.</summary>
    public (int Count, DateTime? LastAt) FailuresInARow()
    {
        var lastSuccess = SucceededPods.Select(FinishedAt).Max();
        var since = FailedPods.Select(FinishedAt).Where(at => at is not null && (lastSuccess is null || at > lastSuccess)).ToList();
        return (since.Count, since.Max());
    }

    private static DateTime? FinishedAt(V1Pod pod)
        => (pod.Status?.ContainerStatuses ?? []).Max(status => status.State?.Terminated?.FinishedAt)
            ?? pod.Condition("Ready")?.LastTransitionTime ?? pod.Metadata.CreationTimestamp;
}
