using k8s.Models;
using Kubernetes.Controllers.Autoscaling.Metrics;

namespace Kubernetes.Controllers.Autoscaling;

/// <summary>The size that an autoscaler gives its target (<c>horizontal.go</c>, <c>reconcileAutoscaler</c>).</summary>
/// <param name="Replicas">The size; the same as now: nothing is done.</param>
/// <param name="Why">The reason of the change, as in the event.</param>
internal sealed record AutoscalingPlan(int Replicas, string Why)
{
    /// <summary>A size out of bounds is set right before any metric is looked at; null when it is within.</summary>
    public static AutoscalingPlan? Bounded(V2HorizontalPodAutoscaler autoscaler, int current)
        => current > autoscaler.Spec.MaxReplicas ? new AutoscalingPlan(autoscaler.Spec.MaxReplicas, "Current number of replicas above Spec.MaxReplicas")
            : current < (autoscaler.Spec.MinReplicas ?? 1) ? new AutoscalingPlan(autoscaler.Spec.MinReplicas ?? 1, "Current number of replicas below Spec.MinReplicas")
            : null;

    /// <param name="autoscaler">The autoscaler.</param>
    /// <param name="current">The target's size.</param>
    /// <param name="proposals">What its metrics ask for; at least one.</param>
    /// <param name="history">What it did lately; this recommendation is added.</param>
    /// <param name="conditions">Gets what limits the change.</param>
    /// <param name="now">The moment of the decision.</param>
    public static AutoscalingPlan For(
        V2HorizontalPodAutoscaler autoscaler, int current, IReadOnlyList<MetricProposal> proposals, ScalingHistory history, AutoscalerConditions conditions, DateTime now)
    {
        var best = proposals.MaxBy(proposal => proposal.Replicas)!;
        conditions.Set(AutoscalerConditions.ScalingActive, true, "ValidMetricFound", $"the HPA was able to successfully calculate a replica count from {best.Name}");
        if (history.IsNew)
        {
            history.Recommend(current, now);
        }

        var stable = ScalingBehavior.Stabilize(autoscaler, current, best.Replicas, history, now);
        history.Recommend(best.Replicas, now);
        if (stable == best.Replicas)
        {
            conditions.Set(AutoscalerConditions.AbleToScale, true, "ReadyForNewScale", "recommended size matches current size");
        }
        else if (best.Replicas > current)
        {
            conditions.Set(
                AutoscalerConditions.AbleToScale, true, "ScaleUpStabilized", "recent recommendations were lower than current one, applying the lowest recent recommendation");
        }
        else
        {
            conditions.Set(
                AutoscalerConditions.AbleToScale, true, "ScaleDownStabilized", "recent recommendations were higher than current one, applying the highest recent recommendation");
        }

        var (replicas, reason, message) = ScalingBehavior.Limit(autoscaler, current, stable, history, now);
        conditions.Set(AutoscalerConditions.ScalingLimited, replicas != stable, reason, message);
        return new AutoscalingPlan(replicas, best.Replicas > current ? $"{best.Name} above target" : "All metrics below target");
    }
}
