using ArgoRollouts.Analysis.Arguments;
using ArgoRollouts.Analysis.Providers;
using ArgoRollouts.Models;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Takes, resumes or terminates measurements, all metrics at once, and notes them in the run (runMeasurements of analysis/analysis.go).</summary>
internal sealed class Measuring(IMetricProviderFactory providers, SecretArguments secrets, TimeProvider time, ILogger logger)
{
    /// <exception cref="AnalysisException">Unable to resolve metric arguments: …</exception>
    public async Task TakeAsync(AnalysisRun run, IReadOnlyList<MetricTask> tasks, IReadOnlySet<string> dryRun, CancellationToken cancel)
    {
        var (metrics, hidden) = await ResolveAsync(run, tasks, cancel);
        var terminating = run.IsTerminating();
        var taken = await Task.WhenAll(tasks.Zip(metrics, (task, metric) => TakeAsync(run, metric, task.InProgress, terminating, cancel)));
        foreach (var (task, metric, (measurement, metadata)) in tasks.Zip(metrics, taken))
        {
            if (run.Result(metric.Name) is not { } result)
            {
                result = new() { Name = metric.Name, Phase = AnalysisPhase.Running, DryRun = dryRun.Contains(metric.Name), Metadata = metadata };
                (run.Status.MetricResults ??= []).Add(result);
            }
            MeasurementRecording.Record(result, measurement, continues: task.InProgress is not null, hidden, time.GetUtcNow().UtcDateTime);
        }
    }

    /// <summary>Whether the provider has cleaned up after older measurements.</summary>
    public async Task<bool> GarbageCollectAsync(AnalysisRun run, Metric metric, int limit, CancellationToken cancel)
    {
        try
        {
            var provider = await providers.CreateAsync(run.Metadata.NamespaceProperty, metric, cancel);
            await provider.GarbageCollectAsync(run, metric, limit, cancel);
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            logger.LogWarning("Failed to garbage collect measurements of {Metric}: {Reason}", metric.Name, e.Message);
            return false;
        }
    }

    private async Task<(List<Metric> Metrics, IReadOnlyList<string> Secrets)> ResolveAsync(AnalysisRun run, IReadOnlyList<MetricTask> tasks, CancellationToken cancel)
    {
        try
        {
            var (arguments, hidden) = await secrets.ReadAsync(run, cancel);
            return ([.. tasks.Select(task => MetricResolution.Resolve(task.Metric, arguments))], hidden);
        }
        catch (AnalysisException e)
        {
            throw new AnalysisException($"Unable to resolve metric arguments: {e.Message}");
        }
    }

    private async Task<(Measurement Measurement, IDictionary<string, string>? Metadata)> TakeAsync(
        AnalysisRun run, Metric metric, Measurement? inProgress, bool terminating, CancellationToken cancel)
    {
        try
        {
            var provider = await providers.CreateAsync(run.Metadata.NamespaceProperty, metric, cancel);
            return (await AskAsync(provider, run, metric, inProgress, terminating, cancel), provider.GetMetadata(metric));
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            logger.LogWarning("Error in getting metric provider :{Reason}", e.Message);
            var measurement = inProgress ?? MeasurementExtensions.Started(time);
            (measurement.Phase, measurement.Message) = (AnalysisPhase.Error, e.Message);
            return (measurement, null);
        }
    }

    private static async Task<Measurement> AskAsync(
        IMetricProvider provider, AnalysisRun run, Metric metric, Measurement? inProgress, bool terminating, CancellationToken cancel)
    {
        if (inProgress is null)
        {
            return await provider.RunAsync(run, metric, cancel);
        }
        if (!terminating)
        {
            return await provider.ResumeAsync(run, metric, inProgress, cancel);
        }
        var measurement = await provider.TerminateAsync(run, metric, inProgress, cancel);
        if (measurement.Phase == AnalysisPhase.Successful)
        {
            measurement.Message = "Metric Terminated";
        }
        return measurement;
    }
}
