using ArgoRollouts.Events;
using ArgoRollouts.Metrics;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Leading;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts;

/// <summary>
/// The argo-rollouts controller: of several replicas the one that holds the Lease argo-rollouts-controller-lock reconciles Rollouts,
/// AnalysisRuns and the Services that Rollouts manage. All state is in API objects, so it may be killed at any instant.
/// </summary>
public static class RolloutsController
{
    public const string LeaseName = "argo-rollouts-controller-lock";

    /// <summary>Name under which writes are recorded in managedFields.</summary>
    public const string FieldManager = "rollouts-controller";

    /// <summary>Runs until cancelled; serves metrics and health all along, reconciles while it leads.</summary>
    public static async Task RunAsync(RolloutsOptions options, CancellationToken cancel)
    {
        var logger = options.Loggers.CreateLogger(typeof(RolloutsController));
        var metrics = new RolloutsMetrics();
        using var client = new ApiClient(options.Configuration, FieldManager, new RequestCounting(metrics));
        var informers = new InformerFactory(client, options.Time, logger);
        var events = new RolloutEvents(new EventRecorder(client, RolloutEvents.Component, options.Time, logger), metrics);
        using var controllers = new RolloutControllers(options, client, informers, metrics, events);
        var objects = new ObjectMetrics(
            informers.For(RolloutsResources.Rollouts).Lister,
            informers.For(RolloutsResources.AnalysisRuns).Lister,
            informers.For(RolloutsResources.AnalysisTemplates).Lister,
            informers.For(RolloutsResources.ClusterAnalysisTemplates).Lister);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var parts = new List<Task> { LeadAsync(options, client, informers, controllers, logger, stop.Token) };
        if (options.Health is { } health)
        {
            parts.Add(MetricsEndpoint.RunHealthAsync(health, logger, stop.Token));
        }

        if (options.Metrics is { } listen)
        {
            parts.Add(MetricsEndpoint.RunMetricsAsync(listen, metrics, objects, options.Version, logger, stop.Token));
        }

        // When one part ends, by a lost lease or a failure, all do: the process is started anew, as upstream's is.
        await Task.WhenAny(parts);
        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(parts);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // ended as asked
        }
    }

    private static async Task LeadAsync(
        RolloutsOptions options, ApiClient client, InformerFactory informers, RolloutControllers controllers, ILogger logger, CancellationToken cancel)
    {
        var election = new LeaderElectionOptions(options.Namespace, LeaseName, options.PodName);
        await new LeaderElector(client, election, options.Time, logger).RunAsync(
            async leading =>
            {
                var caches = informers.RunAsync(leading);
                await informers.Synced.WaitAsync(leading);
                logger.LogInformation("Started rollout workers");
                await Task.WhenAll(caches, controllers.RunAsync(leading));
            },
            cancel);
    }
}
