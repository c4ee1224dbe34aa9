using ArgoRollouts.Models;
using ArgoRollouts.Pausing;
using ArgoRollouts.Reconciling;

namespace ArgoRollouts.Status;

/// <summary>
/// Conditions that must be in place before the rest is worked out, so that a paused, resumed or retried Rollout is not blamed for
/// a lack of progress (rollout/sync.go, checkPausedConditions).
/// </summary>
internal static class PauseConditionsCalculation
{
    public static IReadOnlyList<RolloutCondition> For(Rollout rollout, DateTimeOffset now)
    {
        var status = rollout.Status;
        var progressing = RolloutConditions.Get(status, RolloutConditionType.Progressing);
        var paused = PauseContext.HasConditions(status) || rollout.Spec.Paused;
        var aborted = progressing?.Reason == Reasons.RolloutAborted;
        var conditions = new List<RolloutCondition>();

        if (paused != (progressing?.Reason == Reasons.RolloutPaused) && !aborted && !RolloutProgress.Completed(status))
        {
            conditions.Add(paused
                ? Progressing(Reasons.RolloutPaused, Messages.Paused, now)
                : Progressing(Reasons.RolloutResumed, Messages.Resumed, now));
        }

        if (!status.Abort && aborted)
        {
            conditions.Add(Progressing(Reasons.RolloutRetry, Messages.Retry, now));
        }

        var pausedBefore = RolloutConditions.Get(status, RolloutConditionType.Paused)?.Status == RolloutConditions.True;
        if (paused != pausedBefore && !aborted)
        {
            var value = paused ? RolloutConditions.True : RolloutConditions.False;
            conditions.Add(RolloutConditions.New(RolloutConditionType.Paused, value, Reasons.RolloutPaused, Messages.Paused, now));
        }

        return conditions;
    }

    private static RolloutCondition Progressing(string reason, string message, DateTimeOffset now)
        => RolloutConditions.New(RolloutConditionType.Progressing, RolloutConditions.Unknown, reason, message, now);
}
