using ArgoRollouts.Analysis;
using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.BlueGreen;
using ArgoRollouts.Canary;
using ArgoRollouts.Events;
using ArgoRollouts.Metrics;
using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using ArgoRollouts.Restarting;
using ArgoRollouts.Services;
using ArgoRollouts.Status;
using ArgoRollouts.Traffic;
using ArgoRollouts.Validation;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts.Reconciling;

/// <summary>Puts the reconcilers of Rollouts, their Services and AnalysisRuns together and runs them.</summary>
internal sealed class RolloutControllers : IDisposable
{
    private readonly Controller _rollouts;
    private readonly Controller _services;
    private readonly AnalysisController _analysis;

    public RolloutControllers(RolloutsOptions options, ApiClient client, InformerFactory informers, RolloutsMetrics metrics, RolloutEvents events)
    {
        var logger = options.Loggers.CreateLogger<RolloutReconciler>();
        _rollouts = new Controller("rollout", NewReconciler(options, client, informers, metrics, events, logger), options.Time, logger, options.RolloutThreads);
        var serviceReconciler = new ServiceReconciler(
            client, informers.For(Resources.Services).Lister, informers.For(RolloutsResources.Rollouts).Lister, _rollouts.Queue);
        _services = new Controller("service", serviceReconciler, options.Time, logger);
        RolloutTriggers.Register(informers, _rollouts.Queue, _services.Queue, metrics, events);
        _analysis = NewAnalysisController(options, client, informers);
    }

    public Task RunAsync(CancellationToken cancel) =>
        Task.WhenAll(_rollouts.RunAsync(cancel), _services.RunAsync(cancel), _analysis.RunAsync(cancel));

    public void Dispose()
    {
        _rollouts.Dispose();
        _services.Dispose();
        _analysis.Dispose();
    }

    private static AnalysisController NewAnalysisController(RolloutsOptions options, ApiClient client, InformerFactory informers)
    {
        var logger = options.Loggers.CreateLogger<AnalysisController>();
        return new AnalysisController(
            client,
            informers.For(RolloutsResources.AnalysisRuns),
            informers.For(Resources.Jobs),
            new EventRecorder(client, RolloutEvents.Component, options.Time, logger),
            new AnalysisOptions
            {
                Time = options.Time,
                Logger = logger,
                CreateHandler = options.HttpHandler,
                Environment = options.Environment,
                Workers = options.AnalysisThreads,
            });
    }

    private static RolloutReconciler NewReconciler(
        RolloutsOptions options, ApiClient client, InformerFactory informers, RolloutsMetrics metrics, RolloutEvents events, ILogger logger)
    {
        ILister<V1Service> services = informers.For(Resources.Services).Lister;
        ILister<V1Ingress> ingresses = informers.For(Resources.Ingresses).Lister;
        var templates = new AnalysisTemplates(
            informers.For(RolloutsResources.AnalysisTemplates).Lister, informers.For(RolloutsResources.ClusterAnalysisTemplates).Lister);

        var fresh = new MutationCache<Rollout>();
        var writer = new RolloutWriter(client, events, fresh, logger);
        var finish = new StatusFinish(writer, events);
        var creation = new ReplicaSetCreation(client, writer, events, logger);
        var scaler = new ReplicaSetScaler(client, events);
        var newScaling = new NewReplicaSetScaling(scaler);
        var history = new RevisionHistory(client);
        var serviceSwitch = new ServiceSelectorSwitch(client, events);
        var restarter = new PodRestarter(client);
        var analysis = new RolloutAnalysisReconciler(new AnalysisRunCreation(client, templates), events);
        var ephemeralMetadata = new EphemeralMetadataReconciler(client);

        var blueGreenSets = new BlueGreenReplicaSets(scaler, newScaling, history, services);
        var blueGreen = new BlueGreenReconciler(services, serviceSwitch, creation, blueGreenSets, restarter, analysis, ephemeralMetadata, finish);

        var traffic = new TrafficReconciler(new NginxTraffic(client, ingresses, events), services, serviceSwitch, events);
        var canaryServices = new CanaryServices(services, serviceSwitch);
        var canarySets = new CanaryReplicaSets(scaler, newScaling, services);
        var canary = new CanaryReconciler(creation, restarter, ephemeralMetadata, history, canaryServices, traffic, analysis, canarySets, finish, events);

        return new RolloutReconciler(
            informers.For(RolloutsResources.Rollouts).Lister,
            fresh,
            new RolloutAnalysisRuns(client, informers.For(RolloutsResources.AnalysisRuns).Lister),
            new ReplicaSetClaims(client, informers.For(Resources.ReplicaSets).Lister),
            new RolloutReferencesValidation(services, ingresses, templates),
            writer,
            creation,
            blueGreen,
            canary,
            finish,
            metrics,
            options.Time,
            logger);
    }
}
