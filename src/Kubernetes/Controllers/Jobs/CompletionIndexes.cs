using System.Globalization;
using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>Which of an Indexed Job's indexes are done, and which pod works on which (<c>pkg/controller/job/indexed_job_utils.go</c>).</summary>
internal static class CompletionIndexes
{
    /// <summary>The annotation and label that tell a pod's index, and where its environment reads it.</summary>
    public const string Key = "batch.kubernetes.io/job-completion-index";

    private const string Variable = "JOB_COMPLETION_INDEX";

    public static bool IsIndexed(V1Job job) => job.Spec.CompletionMode == "Indexed";

    /// <summary>The pod's index; null when it has none that can be read.</summary>
    public static int? Of(V1Pod pod)
        => pod.Metadata.Annotations?.TryGetValue(Key, out var text) == true && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>Indexes with a success, now or earlier; those beyond the number of completions do not count.</summary>
    public static SortedSet<int> Completed(V1Job job, IEnumerable<V1Pod> succeeded)
    {
        var done = Parse(job.Status?.CompletedIndexes);
        done.UnionWith(succeeded.Select(Of).OfType<int>());
        done.RemoveWhere(index => index >= (job.Spec.Completions ?? 0));
        return done;
    }

    /// <summary>The lowest indexes that nobody has done or is at work on.</summary>
    public static IReadOnlyList<int> Missing(V1Job job, IReadOnlySet<int> taken, int count)
        => [.. Enumerable.Range(0, job.Spec.Completions ?? 0).Where(index => !taken.Contains(index)).Take(count)];

    /// <summary>As in <c>status.completedIndexes</c>: <c>0-2,5,7,8</c>; two in a row are written singly.</summary>
    public static string Format(IEnumerable<int> sorted)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var index in sorted)
        {
            if (runs.Count > 0 && runs[^1].Last == index - 1)
            {
                runs[^1] = (runs[^1].First, index);
            }
            else
            {
                runs.Add((index, index));
            }
        }

        return string.Join(',', runs.Select(run => (run.Last - run.First) switch { 0 => $"{run.First}", 1 => $"{run.First},{run.Last}", _ => $"{run.First}-{run.Last}" }));
    }

    public static SortedSet<int> Parse(string? text)
    {
        var indexes = new SortedSet<int>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (int.TryParse(ends[0], CultureInfo.InvariantCulture, out var first) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out var last) && last >= first)
            {
                indexes.UnionWith(Enumerable.Range(first, last - first + 1));
            }
        }

        return indexes;
    }

    /// <summary>Makes a job's pod the one of an index: annotation, label, host name, name, and JOB_COMPLETION_INDEX in its containers.</summary>
    public static V1Pod Give(V1Pod pod, string job, int index)
    {
        var text = index.ToString(CultureInfo.InvariantCulture);
        pod.Metadata.GenerateName = $"{pod.Metadata.GenerateName}{text}-";
        pod.Metadata.Annotations = new Dictionary<string, string>(pod.Metadata.Annotations ?? new Dictionary<string, string>()) { [Key] = text };
        pod.Metadata.Labels = new Dictionary<string, string>(pod.Metadata.Labels ?? new Dictionary<string, string>()) { [Key] = text };
        pod.Spec.Hostname = $"{job}-{text}";
        foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers ?? []).Where(container => (container.Env ?? []).All(variable => variable.Name != Variable)))
        {
            container.Env = [.. container.Env ?? [], new V1EnvVar
            {
                Name = Variable, ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = $"metadata.labels['{Key}']" } },
            }];
        }

        return pod;
    }
}
