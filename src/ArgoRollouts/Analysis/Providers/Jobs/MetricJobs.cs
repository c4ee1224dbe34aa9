using ArgoRollouts.Analysis.Runs;
using ArgoRollouts.Models;
using Controllers.Runtime;
using k8s.Models;

namespace ArgoRollouts.Analysis.Providers.Jobs;

/// <summary>Decides what the Job of a measurement is like, and what it says.</summary>
public static class MetricJobs
{
    /// <summary>The Job controller makes a label of the name, and labels end here.</summary>
    private const int NameMax = 63;

    /// <param name="run">The run the measurement belongs to.</param>
    /// <param name="metric">With its arguments put in.</param>
    /// <param name="jobNamespace">Where Jobs are to run; null: where the run is. Elsewhere a Job has no owner, and is found by its annotations.</param>
    public static V1Job Create(AnalysisRun run, Metric metric, string? jobNamespace = null)
    {
        var own = run.Metadata.NamespaceProperty;
        var @namespace = string.IsNullOrEmpty(jobNamespace) ? own : jobNamespace;
        var template = metric.Provider.Job!;
        return new()
        {
            Metadata = new()
            {
                Name = Name(run, metric.Name),
                NamespaceProperty = @namespace,
                OwnerReferences = @namespace == own ? [ControllerReference(run)] : null,
                Labels = new Dictionary<string, string>(template.Metadata?.Labels ?? new Dictionary<string, string>()) { [JobKeys.RunUid] = run.Metadata.Uid },
                Annotations = new Dictionary<string, string>(template.Metadata?.Annotations ?? new Dictionary<string, string>())
                {
                    [JobKeys.RunName] = run.Metadata.Name,
                    [JobKeys.RunNamespace] = own,
                    [JobKeys.MetricName] = metric.Name,
                },
            },
            Spec = template.Spec,
        };
    }

    /// <summary>uid.metric.number, with so much of the metric's name as there is room for; the number counts all measurements, errors included.</summary>
    public static string Name(AnalysisRun run, string metric)
    {
        var number = run.Result(metric) is { } result ? result.Count + result.Error + 1 : 1;
        var room = NameMax - $"{run.Metadata.Uid}..{number}".Length;
        return $"{run.Metadata.Uid}.{(metric.Length > room ? metric[..Math.Max(0, room)] : metric)}.{number}";
    }

    /// <summary>The phase of the measurement that the Job's conditions make; null while it runs.</summary>
    public static string? Phase(V1Job job) => (job.Status?.Conditions ?? []).Select(condition => condition.Type switch
    {
        // that a condition is there counts, as upstream reads it
        "Complete" => AnalysisPhase.Successful,
        "Failed" => AnalysisPhase.Failed,
        _ => null,
    }).LastOrDefault(phase => phase is not null);

    /// <summary>The Jobs to delete so that only the last few of a run stay: the oldest.</summary>
    public static IEnumerable<V1Job> Surplus(IEnumerable<V1Job> jobs, AnalysisRun run, int limit)
    {
        var own = jobs.Where(job => job.Metadata.Label(JobKeys.RunUid) == run.Metadata.Uid).OrderBy(job => job.Metadata.CreationTimestamp).ToList();
        return own.Take(Math.Max(0, own.Count - limit));
    }

    /// <summary>The run a Job belongs to, by its owner or by its annotations; null: none.</summary>
    public static NamespacedName? RunOf(V1Job job)
    {
        var name = job.Metadata.ControllerReference() is { } owner ? (owner.Kind == nameof(AnalysisRun) ? owner.Name : null)
            : job.Metadata.Label(JobKeys.RunUid) is null ? null
            : job.Metadata.Annotation(JobKeys.RunName);
        var @namespace = job.Metadata.Annotation(JobKeys.RunNamespace);
        return name is null ? null : new(string.IsNullOrEmpty(@namespace) ? job.Metadata.NamespaceProperty : @namespace, name);
    }

    private static V1OwnerReference ControllerReference(AnalysisRun run) => new()
    {
        ApiVersion = run.ApiVersion,
        Kind = nameof(AnalysisRun),
        Name = run.Metadata.Name,
        Uid = run.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
