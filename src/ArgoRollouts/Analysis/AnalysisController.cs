using ArgoRollouts.Analysis.Providers;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Analysis.Providers.Jobs;
using ArgoRollouts.Analysis.Runs;
using ArgoRollouts.Models;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s.Models;

namespace ArgoRollouts.Analysis;

/// <summary>
/// Runs every AnalysisRun of the cluster (upstream's analysis.Controller). Made before the informers run: it listens to them. The
/// informers themselves are run by the program it is part of.
/// </summary>
public sealed class AnalysisController : IDisposable
{
    private readonly MetricHttp http;
    private readonly Controller controller;
    private readonly Task synced;

    /// <param name="client">Reads Secrets; writes Jobs, statuses and events.</param>
    /// <param name="runs">AnalysisRuns.</param>
    /// <param name="jobs">Jobs; those that do not belong to an AnalysisRun are passed over.</param>
    /// <param name="recorder">Writes the events.</param>
    /// <param name="options">Clock, log, names, environment.</param>
    public AnalysisController(ApiClient client, Informer<AnalysisRun> runs, Informer<V1Job> jobs, EventRecorder recorder, AnalysisOptions options)
    {
        http = new(options.CreateHandler, options.Time);
        var providers = new MetricProviderFactory(client, jobs.Lister, http, options.Environment, options.Time);
        var measuring = new Measuring(providers, new(client), options.Time, options.Logger);
        var step = new AnalysisRunStep(measuring, new(recorder), options.Time, options.Logger);
        var reconciler = new AnalysisRunReconciler(client, runs.Lister, step, options.Time, options.Logger);
        controller = new("analysis", reconciler, options.Time, options.Logger, options.Workers);
        synced = Task.WhenAll(runs.Synced, jobs.Synced);
        runs.OnChange(change => controller.Queue.Add(NamespacedName.Of(change.Object)));
        jobs.OnChange(change => LookAtRunOf(change.Object));
    }

    /// <summary>Works until cancelled, once the informers have their first lists.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await synced.WaitAsync(cancel);
        await controller.RunAsync(cancel);
    }

    public void Dispose()
    {
        controller.Dispose();
        http.Dispose();
    }

    /// <summary>A Job matters when it has ended.</summary>
    private void LookAtRunOf(V1Job job)
    {
        if (MetricJobs.Phase(job) is not null && MetricJobs.RunOf(job) is { } run)
        {
            controller.Queue.Add(run);
        }
    }
}
