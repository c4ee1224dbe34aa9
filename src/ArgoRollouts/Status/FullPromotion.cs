using ArgoRollouts.Canary;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;

namespace ArgoRollouts.Status;

/// <summary>Why the new ReplicaSet becomes the stable one now, as the RolloutCompleted event has it (rollout/sync.go, shouldFullPromote).</summary>
internal static class FullPromotion
{
    private const string InitialDeploy = "Initial deploy";
    private const string Requested = "Full promotion requested";
    private const string Rollback = "Rollback within window";

    /// <summary>Null while the update is still under way. The order of the checks matters.</summary>
    public static string? Reason(RolloutContext context, RolloutStatus status)
        => context.StableRS is null ? InitialDeploy
            : context.Rollout.Spec.Strategy.Canary is { } canary ? CanaryReason(context, canary)
            : context.Rollout.Spec.Strategy.BlueGreen is { } blueGreen ? BlueGreenReason(context, blueGreen, status)
            : null;

    private static string? CanaryReason(RolloutContext context, CanaryStrategy canary)
    {
        var rollout = context.Rollout;
        var set = context.NewRS;
        if (context.Pause.IsAborted
            || set is null
            || (set.AvailableReplicas() < context.Replicas && !CanaryReplicaCounts.ThresholdMet(canary.ReplicaProgressThreshold, set, context.Replicas)))
        {
            return null;
        }

        if (rollout.Status.PromoteFull)
        {
            return Requested;
        }

        if (context.IsRollbackWithinWindow)
        {
            return Rollback;
        }

        var steps = CanarySteps.Count(rollout);
        return steps == 0 || CanarySteps.CurrentIndex(rollout) == steps ? $"Completed all {steps} canary steps" : null;
    }

    private static string? BlueGreenReason(RolloutContext context, BlueGreenStrategy blueGreen, RolloutStatus status)
    {
        // A first deployment becomes stable before the active Service can point to it.
        if (string.IsNullOrEmpty(status.BlueGreen.ActiveSelector))
        {
            return InitialDeploy;
        }

        if (status.BlueGreen.ActiveSelector != status.CurrentPodHash)
        {
            return null;
        }

        if (context.Rollout.Status.PromoteFull)
        {
            return Requested;
        }

        if (context.IsRollbackWithinWindow)
        {
            return Rollback;
        }

        if (context.Pause.IsAborted)
        {
            return null;
        }

        if (blueGreen.PostPromotionAnalysis is not null)
        {
            if (context.NewRS.HasScaleDownDeadline())
            {
                return $"Rollback to '{context.NewRS!.Metadata.Name}' within scaleDownDelay";
            }

            if (context.CurrentRuns.PostPromotion?.Status.Phase != AnalysisPhase.Successful)
            {
                return null;
            }
        }

        return "Completed blue-green update";
    }
}
