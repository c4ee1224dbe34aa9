using ArgoRollouts.Models;
using ArgoRollouts.Status;

namespace ArgoRollouts.Metrics;

/// <summary>The phase that metrics show, told by conditions; it has other names than status.phase (controller/metrics/rollouts.go, calculatePhase).</summary>
internal static class RolloutPhaseMetric
{
    public static string Of(Rollout rollout)
    {
        if (RolloutConditions.Get(rollout.Status, RolloutConditionType.InvalidSpec) is not null)
        {
            return "InvalidSpec";
        }

        return RolloutConditions.Get(rollout.Status, RolloutConditionType.Progressing)?.Reason switch
        {
            Reasons.NewReplicaSetAvailable => "Completed",
            Reasons.RolloutPaused => "Paused",
            Reasons.ReplicaSetCreateError => "Error",
            Reasons.ProgressDeadlineExceeded => "Timeout",
            Reasons.RolloutAborted => "Abort",
            _ => "Progressing",
        };
    }
}
