using ArgoRollouts.Models;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.Analysis.Providers.Jobs;

/// <summary>Measures by a Job: complete is Successful, failed is Failed (metricproviders/job).</summary>
/// <param name="client">Creates and deletes the Jobs.</param>
/// <param name="jobs">Tells how they do.</param>
/// <param name="jobNamespace">Where Jobs run; null: in the namespace of their run.</param>
/// <param name="time">Dates the measurements.</param>
public sealed class JobProvider(ApiClient client, ILister<V1Job> jobs, string? jobNamespace, TimeProvider time) : IMetricProvider
{
    public const string ProviderType = "Job";

    public string Type => ProviderType;

    public async Task<Measurement> RunAsync(AnalysisRun run, Metric metric, CancellationToken cancel)
    {
        var measurement = MeasurementExtensions.Started(time);
        try
        {
            var job = await CreateAsync(MetricJobs.Create(run, metric, jobNamespace), run, cancel);
            measurement.Phase = AnalysisPhase.Running;
            measurement.Metadata = new Dictionary<string, string>
            {
                [JobKeys.JobName] = job.Metadata.Name,
                [JobKeys.JobNamespace] = job.Metadata.NamespaceProperty,
            };
            return measurement;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            return measurement.Failed(Reason(e), time);
        }
    }

    public async Task<Measurement> ResumeAsync(AnalysisRun run, Metric metric, Measurement measurement, CancellationToken cancel)
    {
        if (JobOf(measurement, run) is not { } name)
        {
            return measurement.Failed("job metadata reference missing", time);
        }
        try
        {
            // a Job made just now may not have reached the lister yet
            var job = jobs.Find(name) ?? await client.FindAsync(Resources.Jobs, name.Namespace, name.Name, cancel);
            return job is null ? measurement.Failed($"job.batch \"{name.Name}\" not found", time)
                : MetricJobs.Phase(job) is { } phase ? measurement.Finished(phase, time)
                : measurement;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            return measurement.Failed(Reason(e), time);
        }
    }

    public async Task<Measurement> TerminateAsync(AnalysisRun run, Metric metric, Measurement measurement, CancellationToken cancel)
    {
        if (JobOf(measurement, run) is not { } name)
        {
            return measurement.Failed("job metadata reference missing", time);
        }
        try
        {
            await DeleteAsync(name, cancel);
            return measurement.Finished(AnalysisPhase.Successful, time);
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            return measurement.Failed(Reason(e), time);
        }
    }

    public async Task GarbageCollectAsync(AnalysisRun run, Metric metric, int limit, CancellationToken cancel)
    {
        foreach (var job in MetricJobs.Surplus(jobs.List(), run, limit))
        {
            await DeleteAsync(NamespacedName.Of(job), cancel);
        }
    }

    /// <summary>Creates the Job; one that is there already and belongs to this run is taken up.</summary>
    private async Task<V1Job> CreateAsync(V1Job job, AnalysisRun run, CancellationToken cancel)
    {
        try
        {
            return await client.CreateAsync(Resources.Jobs, job, cancel);
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
            var existing = await client.FindAsync(Resources.Jobs, job.Metadata.NamespaceProperty, job.Metadata.Name, cancel);
            var owner = existing?.Metadata.ControllerUid() ?? existing?.Metadata.Label(JobKeys.RunUid);
            if (existing is null || owner != run.Metadata.Uid)
            {
                throw;
            }
            return existing;
        }
    }

    private Task DeleteAsync(NamespacedName job, CancellationToken cancel) =>
        client.DeleteAsync(Resources.Jobs, job.Namespace, job.Name, DeletePropagation.Foreground, cancel);

    private static NamespacedName? JobOf(Measurement measurement, AnalysisRun run)
    {
        var name = measurement.Metadata?.TryGetValue(JobKeys.JobName, out var job) == true ? job : "";
        var @namespace = measurement.Metadata?.TryGetValue(JobKeys.JobNamespace, out var where) == true ? where : "";
        return name.Length == 0 ? null : new(@namespace.Length == 0 ? run.Metadata.NamespaceProperty : @namespace, name);
    }

    private static string Reason(Exception exception) => exception is ApiException api ? api.StatusMessage : exception.Message;
}
