using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.Models;
using ArgoRollouts.Pausing;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using Controllers.Runtime.Caching;
using k8s.Models;

namespace ArgoRollouts.BlueGreen;

/// <summary>Sizes of all ReplicaSets of a blue/green Rollout: stable and new, then the old ones after their delay (rollout/bluegreen.go).</summary>
internal sealed class BlueGreenReplicaSets(
    ReplicaSetScaler scaler, NewReplicaSetScaling newScaling, RevisionHistory history, ILister<V1Service> services)
{
    public async Task ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        await newScaling.RemoveDeadlinesAsync(context, cancel);
        if (context.StableRS is { } stable)
        {
            await scaler.ScaleAsync(context, stable, context.Replicas, cancel);
        }

        await newScaling.ReconcileAsync(context, cancel);
        await ScaleDownOthersAsync(context, cancel);
        await history.CleanUpAsync(context, cancel);
    }

    private async Task ScaleDownOthersAsync(RolloutContext context, CancellationToken cancel)
    {
        if (MustKeepOthers(context))
        {
            return;
        }

        var delay = new ScaleDownDelay(context);
        foreach (var set in context.Sets.Others.Where(set => set.DesiredReplicas() > 0).ByRevisionDescending())
        {
            if (ReplicaSetReferences.IsReferenced(context.Rollout, set, services))
            {
                continue; // the user went back to stable in the middle of an update
            }

            var decision = delay.Decide(set, context.Replicas);
            if (decision.AddDeadline is { } deadline)
            {
                await scaler.AddScaleDownDeadlineAsync(set, deadline, context.Now, cancel);
            }

            if (decision.LookAgain is { } lookAgain)
            {
                context.Requeue(lookAgain);
            }

            if (set.DesiredReplicas() != decision.Replicas)
            {
                await scaler.ScaleAsync(context, set, decision.Replicas, cancel);
            }
        }
    }

    // An undecided analysis may still send traffic back to the old ReplicaSet.
    private static bool MustKeepOthers(RolloutContext context)
    {
        if (PauseContext.Condition(context.Rollout, PauseReason.InconclusiveAnalysis) is not null)
        {
            return true;
        }

        var blueGreen = context.Rollout.Spec.Strategy.BlueGreen!;
        var run = context.CurrentRuns.PostPromotion;
        return blueGreen is { PostPromotionAnalysis: not null, ScaleDownDelaySeconds: null }
               && !BlueGreenAnalysis.SkipsPostPromotion(context)
               && run?.Status.Phase != AnalysisPhase.Successful;
    }
}
