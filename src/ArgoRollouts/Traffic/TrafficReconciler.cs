using ArgoRollouts.Events;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using ArgoRollouts.Services;
using ArgoRollouts.Status;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;

namespace ArgoRollouts.Traffic;

/// <summary>Brings the traffic provider to the weight of the present step and records it in status.canary.weights (rollout/trafficrouting.go).</summary>
internal sealed class TrafficReconciler(NginxTraffic nginx, ILister<V1Service> services, ServiceSelectorSwitch serviceSwitch, RolloutEvents events)
{
    public async Task ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        var rollout = context.Rollout;
        if (rollout.Spec.Strategy.Canary!.TrafficRouting?.Nginx is null)
        {
            context.NewStatus.Canary.Weights = null;
            return;
        }

        var (weight, canaryHash) = TrafficWeight.Desired(context);
        await ReturnCanaryServiceAsync(context, weight, cancel);
        if (!TrafficWeight.StableCanTake(context, weight))
        {
            return;
        }

        try
        {
            await nginx.SetWeightAsync(rollout, weight, cancel);
        }
        catch (InvalidOperationException exception)
        {
            await events.WarningAsync(rollout, "TrafficRoutingError", exception.Message, cancel);
            throw;
        }

        var weights = TrafficWeight.Status(context, weight, canaryHash);
        if (!TrafficWeight.Same(rollout.Status.Canary.Weights, weights))
        {
            await events.NormalAsync(rollout, Reasons.TrafficWeightUpdated, TrafficWeight.UpdatedMessage(rollout.Status.Canary.Weights, weights), cancel);
            context.NewStatus.Canary.Weights = weights;
        }
    }

    // After an abort the canary Service selects stable again, whether its pods are ready or not; with dynamicStableScale once the weight is 0.
    private async Task ReturnCanaryServiceAsync(RolloutContext context, int weight, CancellationToken cancel)
    {
        var canary = context.Rollout.Spec.Strategy.Canary!;
        if (context.IsFullyPromoted || !context.Pause.IsAborted || (canary.DynamicStableScale && weight != 0) || context.StableRS is not { } stable)
        {
            return;
        }

        var name = new NamespacedName(context.Rollout.Metadata.NamespaceProperty, canary.CanaryService ?? "");
        if (services.Find(name) is { } service)
        {
            await serviceSwitch.SwitchAsync(context.Rollout, service, stable.PodHash(), cancel);
        }
    }
}
