using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using Controllers.Runtime.Caching;
using k8s.Models;

namespace ArgoRollouts.Canary;

/// <summary>Sizes of all ReplicaSets of a canary: stable, then new, then old; one kind is scaled per pass (rollout/canary.go, reconcileCanaryReplicaSets).</summary>
internal sealed class CanaryReplicaSets(ReplicaSetScaler scaler, NewReplicaSetScaling newScaling, ILister<V1Service> services)
{
    /// <summary>True when something was scaled: the rest waits until that shows.</summary>
    public async Task<bool> ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        if (context.HaltReason is not null)
        {
            return false;
        }

        await newScaling.RemoveDeadlinesAsync(context, cancel);
        return await ScaleStableAsync(context, cancel)
               || await newScaling.ReconcileAsync(context, cancel)
               || await ScaleDownOthersAsync(context, cancel);
    }

    private async Task<bool> ScaleStableAsync(RolloutContext context, CancellationToken cancel)
    {
        if (context.StableRS is not { } stable || stable.Metadata.Name == context.NewRS?.Metadata.Name)
        {
            return false;
        }

        // The weights as last recorded, not those of this pass: stable must not grow again when the Service has just been switched at the end.
        var replicas = CanaryReplicaCounts.Of(context.Rollout, context.Sets, context.Rollout.Status.Canary.Weights).Stable;
        return await scaler.ScaleAsync(context, stable, replicas, cancel);
    }

    private async Task<bool> ScaleDownOthersAsync(RolloutContext context, CancellationToken cancel)
    {
        var others = context.Sets.Others.Where(set => set.DesiredReplicas() > 0).ToList();
        if (others.Count == 0)
        {
            return false;
        }

        var scaled = await CleanUpUnhealthyAsync(context, others, cancel);
        var spare = context.Sets.All.AvailableReplicas() - (context.Replicas - RolloutFenceposts.MaxUnavailable(context.Rollout));
        if (scaled || spare <= 0)
        {
            return scaled; // the sets just scaled are looked at again when that shows
        }

        var delay = new ScaleDownDelay(context);
        foreach (var set in others.ByRevisionDescending())
        {
            if (spare <= 0)
            {
                break;
            }

            if (await DesiredAsync(context, set, spare, delay, cancel) is { } replicas && set.DesiredReplicas() != replicas)
            {
                scaled |= await scaler.ScaleAsync(context, set, replicas, cancel);
                spare -= set.DesiredReplicas() - replicas;
            }
        }

        return scaled;
    }

    // Pods that are not available help nobody and would only hold up the update.
    private async Task<bool> CleanUpUnhealthyAsync(RolloutContext context, List<V1ReplicaSet> others, CancellationToken cancel)
    {
        var scaled = false;
        foreach (var set in others.ByCreation().Where(set => set.DesiredReplicas() > set.AvailableReplicas()).ToList())
        {
            scaled |= await scaler.ScaleAsync(context, set, set.AvailableReplicas(), cancel);
        }

        return scaled;
    }

    // Null: leave it, traffic may still reach it.
    private async Task<int?> DesiredAsync(RolloutContext context, V1ReplicaSet set, int spare, ScaleDownDelay delay, CancellationToken cancel)
    {
        var canary = context.Rollout.Spec.Strategy.Canary!;
        if (canary.TrafficRouting is null)
        {
            return Math.Max(0, set.DesiredReplicas() - spare); // every pod there is takes traffic
        }

        if (ReplicaSetReferences.IsReferenced(context.Rollout, set, services))
        {
            return null;
        }

        // Fully promoted, it is likely the stable set of before. In the middle of an update it is one that was superseded: no traffic goes there.
        if ((!context.IsFullyPromoted && !set.HasScaleDownDeadline()) || canary.DynamicStableScale)
        {
            return 0;
        }

        var decision = delay.Decide(set, set.DesiredReplicas());
        if (decision.AddDeadline is { } deadline)
        {
            await scaler.AddScaleDownDeadlineAsync(set, deadline, context.Now, cancel);
        }

        if (decision.LookAgain is { } lookAgain)
        {
            context.Requeue(lookAgain);
        }

        return decision.Replicas;
    }
}
