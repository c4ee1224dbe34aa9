using System.Globalization;
using ArgoRollouts.Models;

namespace ArgoRollouts.Status;

/// <summary>Whether a Rollout is healthy, complete, progressing or timed out (utils/conditions/conditions.go).</summary>
internal static class RolloutProgress
{
    /// <summary>Every replica updated, available and serving, and (canary) no old ones left.</summary>
    public static bool Healthy(Rollout rollout, RolloutStatus status)
    {
        var replicas = Defaults.Replicas(rollout);
        return status.UpdatedReplicas == replicas
               && status.AvailableReplicas == replicas
               && rollout.Status.ObservedGeneration == (rollout.Metadata.Generation ?? 0).ToString(CultureInfo.InvariantCulture)
               && StrategyDone(rollout, status, replicas);
    }

    /// <summary>stableRS is currentPodHash, and there is one.</summary>
    public static bool Completed(RolloutStatus status) => !string.IsNullOrEmpty(status.StableRS) && status.StableRS == status.CurrentPodHash;

    /// <summary>Something moved since the last status: pods came, became ready, or went; a selector, step or stableRS changed.</summary>
    public static bool Progressing(Rollout rollout, RolloutStatus status)
    {
        var before = rollout.Status;
        return status.UpdatedReplicas != before.UpdatedReplicas
               || status.Replicas - status.UpdatedReplicas < before.Replicas - before.UpdatedReplicas
               || status.ReadyReplicas > before.ReadyReplicas
               || status.AvailableReplicas > before.AvailableReplicas
               || StrategyProgress(rollout, status);
    }

    /// <summary>The Progressing condition is older than progressDeadlineSeconds, or says already that the time is up.</summary>
    public static bool TimedOut(Rollout rollout, RolloutStatus status, DateTimeOffset now)
    {
        var condition = RolloutConditions.Get(status, RolloutConditionType.Progressing);
        return condition?.Reason switch
        {
            // an abort may lie far back when the Rollout is retried; a pause is no lack of progress
            null or Reasons.RolloutAborted or Reasons.RolloutPaused => false,
            Reasons.ProgressDeadlineExceeded => true,
            _ => condition.LastUpdateTime.AddSeconds(Defaults.ProgressDeadlineSeconds(rollout)) < now.UtcDateTime,
        };
    }

    private static bool StrategyDone(Rollout rollout, RolloutStatus status, int replicas)
    {
        if (rollout.Spec.Strategy.BlueGreen is { } blueGreen)
        {
            return status.BlueGreen.ActiveSelector == status.CurrentPodHash
                   && (string.IsNullOrEmpty(blueGreen.PreviewService) || status.BlueGreen.PreviewSelector == status.CurrentPodHash);
        }

        if (rollout.Spec.Strategy.Canary is { } canary)
        {
            var steps = canary.Steps?.Count ?? 0;
            var executedAll = steps == 0 || status.CurrentStepIndex is null || status.CurrentStepIndex == steps;
            return executedAll && Completed(status) && status.Replicas == replicas;
        }

        return true;
    }

    private static bool StrategyProgress(Rollout rollout, RolloutStatus status)
    {
        var before = rollout.Status;
        if (rollout.Spec.Strategy.BlueGreen is not null)
        {
            return (before.BlueGreen.ActiveSelector ?? "") != (status.BlueGreen.ActiveSelector ?? "")
                   || (before.BlueGreen.PreviewSelector ?? "") != (status.BlueGreen.PreviewSelector ?? "");
        }

        return rollout.Spec.Strategy.Canary is not null
               && ((status.StableRS ?? "") != (before.StableRS ?? "")
                   || (status.CurrentStepIndex is { } step && before.CurrentStepIndex is { } stepBefore && step != stepBefore)
                   || (status.CurrentStepHash ?? "") != (before.CurrentStepHash ?? ""));
    }
}
