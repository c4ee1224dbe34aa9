using System.Globalization;
using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>
/// Failures index by index, when a Job has <c>backoffLimitPerIndex</c> (<c>pkg/controller/job/indexed_job_utils.go</c>): each pod knows from its
/// annotations how often its index failed before, so the last failed pod of an index is kept until its successor is there.
/// </summary>
internal static class IndexFailures
{
    public const string Count = "batch.kubernetes.io/job-index-failure-count";
    public const string Ignored = "batch.kubernetes.io/job-index-ignored-failure-count";

    public static bool AreCounted(V1Job job) => CompletionIndexes.IsIndexed(job) && job.Spec.BackoffLimitPerIndex is not null;

    /// <summary>Indexes that are given up, now or earlier.</summary>
    public static SortedSet<int> FailedIndexes(V1Job job, IEnumerable<V1Pod> failed)
    {
        var given = CompletionIndexes.Parse(job.Status?.FailedIndexes);
        foreach (var pod in failed)
        {
            if (CompletionIndexes.Of(pod) is { } index && index < (job.Spec.Completions ?? 0) && !PodFailureRules.Ignores(job, pod)
                && (PodFailureRules.FailsIndex(job, pod) || Of(pod, Count) >= job.Spec.BackoffLimitPerIndex))
            {
                given.Add(index);
            }
        }

        return given;
    }

    /// <summary>The failed pod with the longest history of each index that is neither done nor given up, and has no later pod.</summary>
    public static IReadOnlyDictionary<int, V1Pod> Waiting(IReadOnlyList<V1Pod> owned, IEnumerable<V1Pod> failed, IReadOnlySet<int> settled)
    {
        var longest = owned.GroupBy(pod => CompletionIndexes.Of(pod) ?? -1).ToDictionary(group => group.Key, group => group.Max(Total));
        return failed
            .Where(pod => CompletionIndexes.Of(pod) is { } index && !settled.Contains(index) && Total(pod) == longest[index])
            .GroupBy(pod => CompletionIndexes.Of(pod)!.Value)
            .ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>How often the index failed, the pod's own failure included.</summary>
    public static int Total(V1Pod pod) => Of(pod, Count) + Of(pod, Ignored);

    /// <summary>Writes the history of its index onto a new pod.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="pod">The new pod.</param>
    /// <param name="before">The index's last failed pod, or null.</param>
    public static V1Pod Give(V1Job job, V1Pod pod, V1Pod? before)
    {
        var ignored = before is not null && PodFailureRules.Ignores(job, before);
        var annotations = new Dictionary<string, string>(pod.Metadata.Annotations ?? new Dictionary<string, string>())
        {
            [Count] = Text(before is null ? 0 : Of(before, Count) + (ignored ? 0 : 1)),
        };
        if (before is not null && Of(before, Ignored) + (ignored ? 1 : 0) is > 0 and var forgiven)
        {
            annotations[Ignored] = Text(forgiven);
        }

        pod.Metadata.Annotations = annotations;
        return pod;
    }

    private static int Of(V1Pod pod, string key)
        => pod.Metadata.Annotations?.TryGetValue(key, out var text) == true && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
