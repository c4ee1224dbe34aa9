using ArgoRollouts.Models;
using ArgoRollouts.Pausing;

namespace ArgoRollouts.Status;

/// <summary>status.phase and status.message from spec and status (utils/rollout/rolloututil.go, CalculateRolloutPhase).</summary>
internal static class RolloutPhaseCalculation
{
    public static (string Phase, string? Message) Of(Rollout rollout, RolloutStatus status)
    {
        foreach (var condition in status.Conditions ?? [])
        {
            if (condition.Type == RolloutConditionType.InvalidSpec)
            {
                return (RolloutPhase.Degraded, $"{RolloutConditionType.InvalidSpec}: {condition.Message}");
            }

            if (condition.Reason is Reasons.RolloutAborted or Reasons.ProgressDeadlineExceeded)
            {
                return (RolloutPhase.Degraded, $"{condition.Reason}: {condition.Message}");
            }
        }

        if (rollout.Spec.Paused)
        {
            return (RolloutPhase.Paused, "manually paused");
        }

        if (PauseContext.HasConditions(status))
        {
            return (RolloutPhase.Paused, status.PauseConditions![0].Reason);
        }

        return Progress(rollout, status) is { } message ? (RolloutPhase.Progressing, message) : (RolloutPhase.Healthy, null);
    }

    /// <summary>stableRS is currentPodHash: the last update is done.</summary>
    public static bool IsFullyPromoted(RolloutStatus status) => (status.StableRS ?? "") == (status.CurrentPodHash ?? "");

    private static string? Progress(Rollout rollout, RolloutStatus status)
    {
        if (rollout.Spec.RestartAt is { } restartAt && status.RestartedAt != restartAt)
        {
            return "rollout is restarting";
        }

        if (status.UpdatedReplicas < Defaults.Replicas(rollout))
        {
            return "more replicas need to be updated";
        }

        if (status.AvailableReplicas < status.UpdatedReplicas)
        {
            return "updated replicas are still becoming available";
        }

        return rollout.Spec.Strategy switch
        {
            { BlueGreen: { } blueGreen } => BlueGreenProgress(blueGreen, status),
            { Canary: { } canary } => CanaryProgress(canary, status),
            _ => null,
        };
    }

    private static string? BlueGreenProgress(BlueGreenStrategy blueGreen, RolloutStatus status)
    {
        var active = status.BlueGreen.ActiveSelector;
        if (string.IsNullOrEmpty(active) || active != status.CurrentPodHash)
        {
            return "active service cutover pending";
        }

        if (!string.IsNullOrEmpty(status.StableRS) && IsFullyPromoted(status))
        {
            return null;
        }

        var analysisPending = blueGreen.PostPromotionAnalysis is not null
                              && !AnalysisPhase.Completed(status.BlueGreen.PostPromotionAnalysisRunStatus?.Status);
        return analysisPending ? "waiting for analysis to complete" : "waiting for post-promotion verification to complete";
    }

    private static string? CanaryProgress(CanaryStrategy canary, RolloutStatus status)
    {
        if (canary.TrafficRouting is null && status.Replicas > status.UpdatedReplicas)
        {
            return "old replicas are pending termination";
        }

        return string.IsNullOrEmpty(status.StableRS) || !IsFullyPromoted(status) ? "waiting for all steps to complete" : null;
    }
}
