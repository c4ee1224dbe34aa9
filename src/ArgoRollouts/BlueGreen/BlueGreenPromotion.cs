using ArgoRollouts.Models;
using ArgoRollouts.Pausing;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using k8s.Models;

namespace ArgoRollouts.BlueGreen;

/// <summary>Whether a blue/green update pauses, and which ReplicaSet the active Service should select (rollout/bluegreen.go, pause.go, service.go).</summary>
internal static class BlueGreenPromotion
{
    /// <summary>Adds or removes the BlueGreenPause condition, and asks to come back when autoPromotionSeconds are over.</summary>
    public static void ReconcilePause(RolloutContext context, V1Service active)
    {
        var rollout = context.Rollout;
        if (rollout.Status.Abort || !IsReady(context) || context.HaltReason is not null)
        {
            return;
        }

        if (IsFastTracked(context, active) || rollout.Status.BlueGreen.ScaleUpPreviewCheckPoint || !NeedsPause(rollout.Spec.Strategy.BlueGreen!))
        {
            context.Pause.RemovePauseCondition(PauseReason.BlueGreenPause);
            return;
        }

        if (!CompletedPrePromotionAnalysis(context))
        {
            return; // pausing waits for the analysis, not the other way round
        }

        if (PauseContext.Condition(rollout, PauseReason.BlueGreenPause) is { } condition)
        {
            if (CompletedPause(context))
            {
                context.Pause.RemovePauseCondition(PauseReason.BlueGreenPause);
            }
            else if (rollout.Spec.Strategy.BlueGreen!.AutoPromotionSeconds is > 0 and var seconds)
            {
                context.Requeue(condition.StartTime.AddSeconds(seconds) - context.Now.UtcDateTime);
            }
        }
        else if (!rollout.Status.ControllerPause)
        {
            context.Pause.AddPauseCondition(PauseReason.BlueGreenPause); // had it paused before, the missing condition would mean: resumed by a user
        }
    }

    /// <summary>The hash that the active Service should select; null: leave it, the new ReplicaSet is not complete or progress is halted.</summary>
    public static string? ActiveHash(RolloutContext context, V1Service active)
    {
        if (context.HaltReason is not null || !IsReady(context) || !context.NewRS.IsSaturated(context.Rollout))
        {
            return null;
        }

        if (context.Rollout.Status.Abort)
        {
            return context.Rollout.Status.StableRS ?? "";
        }

        return IsFastTracked(context, active) || (CompletedPause(context) && CompletedPrePromotionAnalysis(context))
            ? context.NewRS.PodHash()
            : Selected(active);
    }

    /// <summary>The preview ReplicaSet was accepted at its smaller size and may grow; one way, until the update is over.</summary>
    public static bool ScaleUpPreviewCheckPoint(RolloutContext context)
    {
        if (context.Rollout.Spec.Strategy.BlueGreen!.PreviewReplicaCount is not { } previewReplicas)
        {
            return false;
        }

        return context.Rollout.Status.BlueGreen.ScaleUpPreviewCheckPoint
               || (CompletedPrePromotionAnalysis(context) && CompletedPause(context) && (context.NewRS?.AvailableReplicas() ?? 0) == previewReplicas);
    }

    /// <summary>No prePromotionAnalysis, or it was successful.</summary>
    public static bool CompletedPrePromotionAnalysis(RolloutContext context)
        => context.Rollout.Spec.Strategy.BlueGreen?.PrePromotionAnalysis is null
           || context.CurrentRuns.PrePromotion?.Status.Phase == AnalysisPhase.Successful;

    /// <summary>A user resumed the Rollout, or autoPromotionSeconds are over, or there is nothing to wait for.</summary>
    public static bool CompletedPause(RolloutContext context)
    {
        var rollout = context.Rollout;
        var blueGreen = rollout.Spec.Strategy.BlueGreen!;
        var condition = PauseContext.Condition(rollout, PauseReason.BlueGreenPause);
        if (context.Pause.HasAddPause)
        {
            return false;
        }

        if (rollout.Status.BlueGreen.ScaleUpPreviewCheckPoint)
        {
            return true;
        }

        if (blueGreen.AutoPromotionEnabled == false)
        {
            return rollout.Status.ControllerPause && condition is null;
        }

        return blueGreen.AutoPromotionSeconds == 0
               || (condition is not null && context.Now.UtcDateTime >= condition.StartTime.AddSeconds(blueGreen.AutoPromotionSeconds));
    }

    /// <summary>The value of the hash key in a Service's selector, or empty.</summary>
    public static string Selected(V1Service? service)
        => service?.Spec.Selector?.TryGetValue(RolloutsKeys.PodTemplateHash, out var hash) == true ? hash : "";

    private static bool IsReady(RolloutContext context)
    {
        var set = context.NewRS!;
        var replicas = BlueGreenReplicas.OfNew(context.Rollout, context.Sets.All, set);
        return set.DesiredReplicas() == replicas && set.AvailableReplicas() == replicas;
    }

    // Back to a revision still inside its scaleDownDelay, a full promotion, a Service not yet managed, or one that is there already.
    private static bool IsFastTracked(RolloutContext context, V1Service active)
        => context.NewRS.HasScaleDownDeadline()
           || context.Rollout.Status.PromoteFull
           || active.Spec.Selector?.ContainsKey(RolloutsKeys.PodTemplateHash) != true
           || Selected(active) == context.NewRS.PodHash();

    private static bool NeedsPause(BlueGreenStrategy blueGreen) => blueGreen.AutoPromotionEnabled == false || blueGreen.AutoPromotionSeconds > 0;
}
