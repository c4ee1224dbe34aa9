using ArgoRollouts.Models;
using ArgoRollouts.Pausing;
using ArgoRollouts.Reconciling;

namespace ArgoRollouts.Status;

/// <summary>When to look whether a Rollout that shows no sign of progress has run out of time (rollout/sync.go, requeueStuckRollout).</summary>
internal static class ProgressDeadline
{
    /// <summary>Null when nothing is awaited: healthy, paused, aborted, at an indefinite step, or timed out already.</summary>
    public static TimeSpan? Check(RolloutContext context, RolloutStatus status)
    {
        var rollout = context.Rollout;
        var condition = RolloutConditions.Get(rollout.Status, RolloutConditionType.Progressing);
        if (condition is null
            || condition.Reason == Reasons.ProgressDeadlineExceeded
            || RolloutProgress.Healthy(rollout, status)
            || PauseContext.HasConditions(rollout.Status)
            || rollout.Spec.Paused
            || rollout.Status.Abort
            || RolloutConditionsCalculation.IsIndefinite(rollout))
        {
            return null;
        }

        var deadline = condition.LastUpdateTime.AddSeconds(Defaults.ProgressDeadlineSeconds(rollout));
        var left = deadline - context.Now.UtcDateTime;
        return left < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : left + TimeSpan.FromSeconds(1); // past the deadline, whose second counts as in time
    }
}
