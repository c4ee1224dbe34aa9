using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using Kubernetes.Controllers.ClusterRoleAggregation;
using Kubernetes.Controllers.Autoscaling;
using Kubernetes.Controllers.CronJobs;
using Kubernetes.Controllers.DaemonSets;
using Kubernetes.Controllers.Deployments;
using Kubernetes.Controllers.Disruption;
using Kubernetes.Controllers.GarbageCollection;
using Kubernetes.Controllers.Jobs;
using Kubernetes.Controllers.LoadBalancers;
using Kubernetes.Controllers.Monitoring;
using Kubernetes.Controllers.Namespaces;
using Kubernetes.Controllers.Quotas;
using Kubernetes.Controllers.ReplicaSets;
using Kubernetes.Controllers.Scaling;
using Kubernetes.Controllers.Scheduling;
using Kubernetes.Controllers.ServiceAccounts;
using Kubernetes.Controllers.ServiceEndpoints;
using Kubernetes.Controllers.StatefulSets;
using Kubernetes.Controllers.Volumes;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Controllers;

/// <summary>
/// All controllers of a cluster in one process, with one client and one set of informers, as kube-controller-manager has them;
/// the scheduler included.
/// </summary>
public static class ControllerManager
{
    /// <summary>Runs until cancelled.</summary>
    public static async Task RunAsync(ControllerManagerOptions options, CancellationToken cancel)
    {
        using var client = new ApiClient(options.Configuration, "kube-controller-manager");
        var logger = options.LoggerFactory.CreateLogger("Kubernetes.Controllers");
        var context = new ControllerContext(client, new InformerFactory(client, options.Time, logger), options.Time, options.LoggerFactory);
        using var monitors = new ResourceMonitors(context);
        monitors.Follow(context.Informers.For(Resources.CustomResourceDefinitions));
        using var collector = new GarbageCollector(context, monitors);
        var scales = new ScaleClient(client);
        List<Controller> controllers =
        [
            NamespaceDefaultsController.Create(context, options.CertificateAuthorityPem),
            ClusterRoleAggregationController.Create(context),
            DeploymentController.Create(context),
            ReplicaSetController.Create(context),
            StatefulSetController.Create(context),
            DaemonSetController.Create(context),
            .. JobController.Create(context),
            CronJobController.Create(context),
            DisruptionController.Create(context, scales),
            AutoscalerController.Create(context, scales),
            .. VolumeControllers.Create(context, options.VolumesFolder),
            .. ProtectionController.Create(context),
            Scheduler.Create(context),
            ServiceEndpointsController.Create(context),
            LoadBalancerController.Create(context, options.LoadBalancerAddress),
            NamespaceController.Create(context, monitors),
            QuotaController.Create(context, monitors),
        ];

        var informing = context.Informers.RunAsync(cancel);
        try
        {
            await context.Informers.Synced.WaitAsync(cancel);
            await StorageDefaults.EnsureAsync(client, cancel);
            options.Started?.TrySetResult();
            await Task.WhenAll([.. controllers.Select(controller => controller.RunAsync(cancel)), monitors.RunAsync(cancel), collector.RunAsync(cancel)]);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // stopping
        }
        finally
        {
            await informing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            controllers.ForEach(controller => controller.Dispose());
            RemoveVolumes(options.VolumesFolder, logger);
        }
    }

    private static void RemoveVolumes(string folder, ILogger logger)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (IOException exception)
        {
            logger.LogWarning("volumes folder not removed: {Reason}", exception.Message);
        }
    }
}
