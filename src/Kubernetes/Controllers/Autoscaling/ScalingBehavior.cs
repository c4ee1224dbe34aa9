using k8s.Models;

namespace Kubernetes.Controllers.Autoscaling;

/// <summary>The bounds on speed: policies and stabilization windows (<c>horizontal.go</c>, <c>normalizeDesiredReplicasWithBehaviors</c>).</summary>
internal static class ScalingBehavior
{
    private const int DownscaleStabilizationSeconds = 300;

    private static readonly V2HPAScalingPolicy[] DefaultUp =
        [new() { Type = "Pods", Value = 4, PeriodSeconds = 15 }, new() { Type = "Percent", Value = 100, PeriodSeconds = 15 }];

    private static readonly V2HPAScalingPolicy[] DefaultDown = [new() { Type = "Percent", Value = 100, PeriodSeconds = 15 }];

    /// <summary>The recommendation, held back by those of the windows.</summary>
    public static int Stabilize(V2HorizontalPodAutoscaler autoscaler, int current, int desired, ScalingHistory history, DateTime now)
    {
        var behavior = autoscaler.Spec.Behavior;
        var up = history.Within(behavior?.ScaleUp?.StabilizationWindowSeconds ?? 0, now).Append(desired).Min();
        var down = history.Within(behavior?.ScaleDown?.StabilizationWindowSeconds ?? DownscaleStabilizationSeconds, now).Append(desired).Max();
        return current < up ? up : current > down ? down : current;
    }

    /// <summary>The size within the limits, and what limits it: condition reason and message.</summary>
    public static (int Replicas, string Reason, string Message) Limit(
        V2HorizontalPodAutoscaler autoscaler, int current, int desired, ScalingHistory history, DateTime now)
    {
        if (desired > current)
        {
            var fastest = Math.Max(current, UpLimit(autoscaler.Spec.Behavior?.ScaleUp, current, history, now));
            var most = Math.Min(autoscaler.Spec.MaxReplicas, fastest);
            if (desired > most)
            {
                return fastest < autoscaler.Spec.MaxReplicas
                    ? (most, "ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate")
                    : (most, "TooManyReplicas", "the desired replica count is more than the maximum replica count");
            }
        }
        else if (desired < current)
        {
            var fastest = Math.Min(current, DownLimit(autoscaler.Spec.Behavior?.ScaleDown, current, history, now));
            var least = Math.Max(autoscaler.Spec.MinReplicas ?? 1, fastest);
            if (desired < least)
            {
                return fastest > (autoscaler.Spec.MinReplicas ?? 1)
                    ? (least, "ScaleDownLimit", "the desired replica count is decreasing faster than the maximum scale rate")
                    : (least, "TooFewReplicas", "the desired replica count is less than the minimum replica count");
            }
        }

        return (desired, "DesiredWithinRange", "the desired count is within the acceptable range");
    }

    private static int UpLimit(V2HPAScalingRules? rules, int current, ScalingHistory history, DateTime now)
        => Select(rules, DefaultUp, current, smaller: rules?.SelectPolicy == "Min", policy =>
        {
            var start = Start(policy, current, history, now);
            return policy.Type == "Pods" ? start + policy.Value : (int)Math.Ceiling(start * (1 + (policy.Value / 100.0)));
        });

    private static int DownLimit(V2HPAScalingRules? rules, int current, ScalingHistory history, DateTime now)
        => Select(rules, DefaultDown, current, smaller: rules?.SelectPolicy != "Min", policy =>
        {
            var start = Start(policy, current, history, now);
            return policy.Type == "Pods" ? start - policy.Value : (int)(start * (1 - (policy.Value / 100.0)));
        });

    private static int Select(V2HPAScalingRules? rules, IEnumerable<V2HPAScalingPolicy> otherwise, int current, bool smaller, Func<V2HPAScalingPolicy, int> limit)
    {
        if (rules?.SelectPolicy == "Disabled")
        {
            return current;
        }

        var limits = (rules?.Policies is { Count: > 0 } policies ? policies : otherwise).Select(limit).ToList();
        return smaller ? limits.Min() : limits.Max();
    }

    // the size at the beginning of the policy's period
    private static int Start(V2HPAScalingPolicy policy, int current, ScalingHistory history, DateTime now)
    {
        var (added, removed) = history.Changes(policy.PeriodSeconds, now);
        return current - added + removed;
    }
}
