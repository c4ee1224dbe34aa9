using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;

namespace ArgoRollouts.ReplicaSets;

/// <summary>Scales the new ReplicaSet, and after an abort takes it down when its time is over (rollout/replicaset.go, reconcileNewReplicaSet).</summary>
internal sealed class NewReplicaSetScaling(ReplicaSetScaler scaler)
{
    /// <summary>True when it was scaled.</summary>
    public async Task<bool> ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        if (context.NewRS is not { } set)
        {
            return false;
        }

        var replicas = NewReplicaCount.Of(context.Rollout, context.Sets, context.NewStatus.Canary.Weights);
        if (!context.DelaysScaleDownOnAbort)
        {
            return await scaler.ScaleAsync(context, set, replicas, cancel);
        }

        if (!set.HasScaleDownDeadline())
        {
            // the time runs from when stable can take over
            if (context.StableRS!.AvailableReplicas() == context.Replicas && Defaults.AbortScaleDownDelay(context.Rollout).Delay is { } delay)
            {
                await scaler.AddScaleDownDeadlineAsync(set, delay, context.Now, cancel);
                context.Requeue(delay);
            }

            return false;
        }

        if (set.ScaleDownDeadline() is { } deadline)
        {
            if (deadline > context.Now)
            {
                context.Requeue(deadline - context.Now);
                return false;
            }

            replicas = 0;
        }

        return await scaler.ScaleAsync(context, set, replicas, cancel);
    }

    /// <summary>New and stable sets are in use: a deadline from an earlier time goes, unless it is that of an abort.</summary>
    public async Task RemoveDeadlinesAsync(RolloutContext context, CancellationToken cancel)
    {
        if (context.NewRS is { } set && !context.DelaysScaleDownOnAbort)
        {
            await scaler.RemoveScaleDownDeadlineAsync(set, cancel);
        }

        if (context.StableRS is { } stable)
        {
            await scaler.RemoveScaleDownDeadlineAsync(stable, cancel);
        }
    }
}
