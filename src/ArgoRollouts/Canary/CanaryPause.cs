using ArgoRollouts.Models;
using ArgoRollouts.Pausing;
using ArgoRollouts.Reconciling;

namespace ArgoRollouts.Canary;

/// <summary>Pause steps (rollout/canary.go, reconcileCanaryPause; pause.go, CompletedCanaryPauseStep).</summary>
internal static class CanaryPause
{
    /// <summary>Adds the CanaryPauseStep condition when a pause step begins, and asks to come back when its duration is over.</summary>
    public static void Reconcile(RolloutContext context)
    {
        var rollout = context.Rollout;
        if (rollout.Spec.Paused || rollout.Status.PromoteFull || CanarySteps.Current(rollout)?.Pause is not { } pause)
        {
            return;
        }

        if (PauseContext.Condition(rollout, PauseReason.CanaryPauseStep) is not { } condition)
        {
            if (!rollout.Status.ControllerPause)
            {
                context.Pause.AddPauseCondition(PauseReason.CanaryPauseStep); // paused before and no condition: a user resumed it
            }
        }
        else if (pause.Duration is not null)
        {
            var left = condition.StartTime.AddSeconds(pause.DurationSeconds) - context.Now.UtcDateTime;
            if (left > TimeSpan.Zero)
            {
                context.Requeue(left);
            }
        }
    }

    /// <summary>A user resumed the Rollout, or the duration is over.</summary>
    public static bool Completed(RolloutContext context, RolloutPause pause)
    {
        var condition = PauseContext.Condition(context.Rollout, PauseReason.CanaryPauseStep);
        if (condition is null)
        {
            return context.Rollout.Status.ControllerPause;
        }

        return pause.Duration is not null && context.Now.UtcDateTime >= condition.StartTime.AddSeconds(pause.DurationSeconds);
    }
}
