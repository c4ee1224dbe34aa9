using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;

namespace ArgoRollouts.Canary;

/// <summary>Whether the present step is done (rollout/canary.go, completedCurrentCanaryStep).</summary>
internal static class CanaryStepCompletion
{
    public static bool IsCompleted(RolloutContext context)
    {
        var weights = context.NewStatus.Canary.Weights;
        return !context.Rollout.Spec.Paused && CanarySteps.Current(context.Rollout) switch
        {
            { Pause: { } pause } => CanaryPause.Completed(context, pause),
            { SetCanaryScale: not null } => CanaryReplicaCounts.Reached(context.Rollout, context.Sets, weights),
            { SetWeight: not null } => CanaryReplicaCounts.Reached(context.Rollout, context.Sets, weights) && weights?.Verified != false,
            { Analysis: not null } => context.CurrentRuns.Step?.Status.Phase == AnalysisPhase.Successful,
            { SetHeaderRoute: not null } or { SetMirrorRoute: not null } => true,
            _ => false,
        };
    }
}
