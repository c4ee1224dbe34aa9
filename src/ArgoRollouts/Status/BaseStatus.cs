using ArgoRollouts.Canary;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;

namespace ArgoRollouts.Status;

/// <summary>The part of the status that both strategies share (rollout/sync.go, calculateBaseStatus, resetRolloutStatus, promoteStable).</summary>
internal static class BaseStatus
{
    public static RolloutStatus Calculate(RolloutContext context)
    {
        var before = context.Rollout.Status;
        var status = context.NewStatus;
        status.CurrentPodHash = context.NewHash;
        status.Replicas = context.Sets.All.StatusReplicas();
        status.UpdatedReplicas = context.NewRS?.Status?.Replicas ?? 0;
        status.ReadyReplicas = context.Sets.All.ReadyReplicas();
        status.CollisionCount = before.CollisionCount;
        status.Conditions = [.. before.Conditions ?? []];
        RolloutConditions.Remove(status, RolloutConditionType.InvalidSpec); // a context exists only for a valid Rollout
        status.PromoteFull = before.PromoteFull;
        status.StableRS = before.StableRS;
        return status;
    }

    /// <summary>A new update begins: nothing of the last one stays.</summary>
    public static void Reset(RolloutContext context, RolloutStatus status)
    {
        context.Pause.ClearPauseConditions();
        context.Pause.RemoveAbort();
        status.RestartedAt = context.Rollout.Spec.RestartAt;
        status.PromoteFull = false;
        status.BlueGreen.PrePromotionAnalysisRunStatus = null;
        status.BlueGreen.PostPromotionAnalysisRunStatus = null;
        status.BlueGreen.ScaleUpPreviewCheckPoint = false;
        status.Canary.CurrentStepAnalysisRunStatus = null;
        status.Canary.CurrentBackgroundAnalysisRunStatus = null;
        status.CurrentStepIndex = CanarySteps.First(context.Rollout);
    }

    /// <summary>The new ReplicaSet is the stable one from now on; true when another was before.</summary>
    public static bool Promote(RolloutContext context, RolloutStatus status)
    {
        context.Pause.ClearPauseConditions();
        context.Pause.RemoveAbort();
        status.PromoteFull = false;
        status.BlueGreen.ScaleUpPreviewCheckPoint = false;
        if (context.Rollout.Spec.Strategy.Canary is not null)
        {
            status.CurrentStepIndex = CanarySteps.Count(context.Rollout) is > 0 and var steps ? steps : null;
        }

        if (status.StableRS == status.CurrentPodHash)
        {
            return false;
        }

        status.StableRS = status.CurrentPodHash;
        return true;
    }
}
