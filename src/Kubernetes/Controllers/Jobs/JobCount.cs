using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>Which pods of a Job are entered in its status now, and which are let go (upstream's <c>trackJobStatusAndRemoveFinalizers</c>).</summary>
/// <param name="Succeeded">Uids; of an Indexed Job none, as its completed indexes tell.</param>
/// <param name="Failed">Uids.</param>
/// <param name="Release">Pods to take the finalizer from once the status is written.</param>
internal sealed record JobCount(IReadOnlyList<string> Succeeded, IReadOnlyList<string> Failed, IReadOnlyList<V1Pod> Release)
{
    /// <param name="pods">The Job's pods.</param>
    /// <param name="ends">Whether the Job's end is decided: then every pod that has not ended is a failed one.</param>
    public static JobCount Of(JobPods pods, bool ends)
    {
        var failed = ends ? pods.Held.Where(pod => pod.Status?.Phase != "Succeeded" && pods.IsToCount(pod)) : pods.NewFailed;
        var release = pods.Held.Where(pod => ends || pod.Status?.Phase == "Succeeded" || (pods.HasFailed(pod) && !pods.IsWaiting(pod)));
        return new JobCount(
            pods.CompletedIndexes is null ? [.. pods.NewSucceeded.Select(pod => pod.Metadata.Uid)] : [],
            [.. failed.Select(pod => pod.Metadata.Uid)],
            [.. release]);
    }
}
