using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts;

/// <summary>What an unset field of a Rollout means (utils/defaults/defaults.go).</summary>
internal static class Defaults
{
    public const int ConsecutiveErrorLimit = 4;

    private const string Quarter = "25%";

    public static int Replicas(Rollout rollout) => rollout.Spec.Replicas ?? 1;

    public static int RevisionHistoryLimit(Rollout rollout) => rollout.Spec.RevisionHistoryLimit ?? 10;

    public static int SuccessfulRunHistoryLimit(Rollout rollout) => rollout.Spec.Analysis?.SuccessfulRunHistoryLimit ?? 5;

    public static int UnsuccessfulRunHistoryLimit(Rollout rollout) => rollout.Spec.Analysis?.UnsuccessfulRunHistoryLimit ?? 5;

    public static int ProgressDeadlineSeconds(Rollout rollout) => rollout.Spec.ProgressDeadlineSeconds ?? 600;

    public static IntOrString MaxSurge(Rollout rollout) => rollout.Spec.Strategy.Canary?.MaxSurge ?? Quarter;

    public static IntOrString MaxUnavailable(Rollout rollout)
        => rollout.Spec.Strategy.BlueGreen?.MaxUnavailable ?? rollout.Spec.Strategy.Canary?.MaxUnavailable ?? Quarter;

    /// <summary>The weight that means all traffic.</summary>
    public static int MaxTrafficWeight(Rollout rollout) => rollout.Spec.Strategy.Canary?.TrafficRouting?.MaxTrafficWeight ?? 100;

    /// <summary>How many old ReplicaSets may wait for their scale-down at once.</summary>
    public static int ScaleDownDelayRevisionLimit(Rollout rollout)
        => rollout.Spec.Strategy.BlueGreen?.ScaleDownDelayRevisionLimit
           ?? rollout.Spec.Strategy.Canary?.ScaleDownDelayRevisionLimit
           ?? int.MaxValue;

    /// <summary>How long an old ReplicaSet stays up after the switch; zero for a canary without traffic routing.</summary>
    public static TimeSpan ScaleDownDelay(Rollout rollout)
    {
        var strategy = rollout.Spec.Strategy;
        var seconds = strategy switch
        {
            { Canary: { TrafficRouting: not null } canary } => canary.ScaleDownDelaySeconds ?? 30,
            { BlueGreen: { } blueGreen } => blueGreen.ScaleDownDelaySeconds ?? 30,
            _ => 0,
        };
        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary>
    /// How long the new ReplicaSet stays up after an abort. Null: for ever (the field is 0).
    /// Zero for a canary without traffic routing, which does not use it.
    /// </summary>
    public static (TimeSpan? Delay, bool WasSet) AbortScaleDownDelay(Rollout rollout)
    {
        var strategy = rollout.Spec.Strategy;
        if (strategy.BlueGreen is null && strategy.Canary?.TrafficRouting is null)
        {
            return (TimeSpan.Zero, false);
        }

        var field = strategy.BlueGreen is { } blueGreen ? blueGreen.AbortScaleDownDelaySeconds : strategy.Canary!.AbortScaleDownDelaySeconds;
        return field == 0 ? (null, true) : (TimeSpan.FromSeconds(field ?? 30), field is not null);
    }
}
