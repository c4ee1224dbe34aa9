using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.Events;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using ArgoRollouts.Restarting;
using ArgoRollouts.Status;
using ArgoRollouts.Traffic;

namespace ArgoRollouts.Canary;

/// <summary>One pass over a canary, in upstream's order: Services and traffic before analyses, these before sizes, a step at most (rollout/canary.go, rolloutCanary).</summary>
internal sealed class CanaryReconciler(
    ReplicaSetCreation creation,
    PodRestarter restarter,
    EphemeralMetadataReconciler ephemeralMetadata,
    RevisionHistory history,
    CanaryServices services,
    TrafficReconciler traffic,
    RolloutAnalysisReconciler analysis,
    CanaryReplicaSets replicaSets,
    StatusFinish finish,
    RolloutEvents events)
{
    public async Task ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        await creation.SyncRevisionAsync(context, cancel);
        if (CanarySteps.PodTemplateOrStepsChanged(context.Rollout, context.PodTemplateChanged))
        {
            await BeginUpdateAsync(context, cancel);
            return;
        }

        if (await restarter.ReconcileAsync(context, cancel) > 0)
        {
            return; // availability is no longer what the ReplicaSets say: nothing is scaled down on it
        }

        await ephemeralMetadata.ReconcileAsync(context, cancel);
        await history.CleanUpAsync(context, cancel);
        await services.ReconcileAsync(context, cancel);
        await traffic.ReconcileAsync(context, cancel);
        await analysis.ReconcileAsync(context, cancel);

        // an inconclusive analysis halts everything else; sizes must be reached before a pause counts
        if (!context.Pause.HasAddPause && !await replicaSets.ReconcileAsync(context, cancel))
        {
            CanaryPause.Reconcile(context);
        }

        await SyncStatusAsync(context, cancel);
    }

    /// <summary>Only sizes change: replicas were edited, or an autoscaler wrote them.</summary>
    public async Task ScaleAsync(RolloutContext context, RolloutStatus status, CancellationToken cancel)
    {
        await replicaSets.ReconcileAsync(context, cancel);
        status.AvailableReplicas = context.Sets.All.AvailableReplicas();
        status.HPAReplicas = context.Sets.All.StatusReplicas();
    }

    // Back to stable, or to a revision within the rollback window that still has pods, skips the steps.
    private async Task BeginUpdateAsync(RolloutContext context, CancellationToken cancel)
    {
        var status = Base(context);
        BaseStatus.Reset(context, status);
        var steps = CanarySteps.Count(context.Rollout);
        if (context.NewRS is { } set && steps > 0)
        {
            var skip = context.Rollout.Status.StableRS == set.PodHash() ? "Rollback to stable ReplicaSets"
                : context.IsRollbackWithinWindow && set.DesiredReplicas() > 0 ? "Rollback to active ReplicaSets within RollbackWindow"
                : null;
            if (skip is not null)
            {
                await events.NormalAsync(context.Rollout, Reasons.SkipSteps, skip, cancel);
                status.CurrentStepIndex = steps;
            }
        }

        await finish.PersistAsync(context, status, cancel);
    }

    private async Task SyncStatusAsync(RolloutContext context, CancellationToken cancel)
    {
        var rollout = context.Rollout;
        var status = Base(context);
        var steps = CanarySteps.Count(rollout);
        var index = CanarySteps.CurrentIndex(rollout);
        if (rollout.Status.PromoteFull || context.IsRollbackWithinWindow)
        {
            context.Pause.ClearPauseConditions();
            context.Pause.RemoveAbort();
            index = steps > 0 ? steps : index;
        }

        if (FullPromotion.Reason(context, status) is { } reason)
        {
            await finish.PromoteAsync(context, status, reason, cancel);
        }
        else if (context.Pause.IsAborted)
        {
            status.CurrentStepIndex = steps == 0 ? null : status.StableRS == status.CurrentPodHash ? steps : 0;
        }
        else
        {
            if (CanaryStepCompletion.IsCompleted(context))
            {
                var step = CanarySteps.Current(rollout)!;
                index++;
                status.Canary.CurrentStepAnalysisRunStatus = null;
                context.Pause.RemovePauseCondition(PauseReason.CanaryPauseStep);
                await events.NormalAsync(rollout, Reasons.RolloutStepCompleted, Messages.StepCompleted(index!.Value, steps, CanarySteps.Text(step)), cancel);
            }

            status.CurrentStepIndex = index;
        }

        await finish.PersistAsync(context, status, cancel);
    }

    private static RolloutStatus Base(RolloutContext context)
    {
        var status = BaseStatus.Calculate(context);
        status.AvailableReplicas = context.Sets.All.AvailableReplicas();
        status.HPAReplicas = context.Sets.All.StatusReplicas();
        status.Selector = LabelSelectors.Format(context.Rollout.Spec.Selector);
        status.Canary.StablePingPong = context.Rollout.Status.Canary.StablePingPong;
        status.Canary.StepPluginStatuses = context.Rollout.Status.Canary.StepPluginStatuses?.DeepClone();
        status.CurrentStepHash = CanarySteps.Hash(context.Rollout);
        return status;
    }
}
