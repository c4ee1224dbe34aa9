using ArgoRollouts.BlueGreen;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using ArgoRollouts.Services;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;

namespace ArgoRollouts.Canary;

/// <summary>Points canaryService and stableService to their ReplicaSets once those can take traffic (rollout/service.go, reconcileStableAndCanaryService).</summary>
internal sealed class CanaryServices(ILister<V1Service> services, ServiceSelectorSwitch serviceSwitch)
{
    public async Task ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        var canary = context.Rollout.Spec.Strategy.Canary!;
        await EnsureAsync(context, canary.StableService, context.StableRS, cancel);

        // After an abort of a canary without traffic routing, its Service must not lead to pods that are going.
        var aborted = context.Pause.IsAborted && canary.TrafficRouting is null;
        if (aborted || !IsRollingBackDynamically(context))
        {
            await EnsureAsync(context, canary.CanaryService, aborted ? context.StableRS : context.NewRS, cancel);
        }
    }

    /// <summary>The update was interrupted to go back to stable, which dynamicStableScale has made small: the canary Service waits for it.</summary>
    public static bool IsRollingBackDynamically(RolloutContext context)
        => context.IsFullyPromoted
           && context.Rollout.Spec.Strategy.Canary is { TrafficRouting: not null, DynamicStableScale: true }
           && context.Rollout.Status.Canary.Weights is { } weights
           && weights.Canary.PodTemplateHash != context.NewRS.PodHash()
           && (context.NewRS?.AvailableReplicas() ?? 0) < context.Replicas;

    private async Task EnsureAsync(RolloutContext context, string? name, V1ReplicaSet? set, CancellationToken cancel)
    {
        if (set is null
            || string.IsNullOrEmpty(name)
            || services.Find(new NamespacedName(context.Rollout.Metadata.NamespaceProperty ?? "", name)) is not { } service
            || BlueGreenPromotion.Selected(service) == set.PodHash())
        {
            return;
        }

        // A Service not yet managed waits until all pods are available, lest they be overloaded; later, one is enough (pull requests 1777, 2441).
        var managed = service.Metadata.Annotation(RolloutsKeys.ManagedByRollouts) is not null;
        if (managed ? set.AvailableReplicas() > 0 : set.IsFullyAvailable())
        {
            await serviceSwitch.SwitchAsync(context.Rollout, service, set.PodHash(), cancel);
        }
    }
}
