using ArgoRollouts.Canary;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using k8s.Models;

namespace ArgoRollouts.Traffic;

/// <summary>The weight that the traffic provider should send to the canary now (rollout/trafficrouting.go, reconcileTrafficRouting).</summary>
internal static class TrafficWeight
{
    /// <summary>Weight and hash of the canary side. Weight is raised only when the pods for it are there, and lowered only when stable can take it.</summary>
    public static (int Weight, string CanaryHash) Desired(RolloutContext context)
    {
        var rollout = context.Rollout;
        var hash = context.NewRS.PodHash();
        if (CanaryServices.IsRollingBackDynamically(context))
        {
            // between the canary of before, which the weights remember, and stable (issue 3020)
            return (OnAbort(context), rollout.Status.Canary.Weights!.Canary.PodTemplateHash ?? "");
        }

        return (context switch
        {
            { IsFullyPromoted: true } => 0,
            { Pause.IsAborted: true } => OnAbort(context),
            _ when (context.NewRS?.AvailableReplicas() ?? 0) == 0 => 0,
            { Rollout.Status.PromoteFull: true } => OnPromoteFull(context),
            _ => AtStep(context),
        }, hash);
    }

    /// <summary>Stable has the pods for the rest of the traffic.</summary>
    public static bool StableCanTake(RolloutContext context, int canaryWeight)
    {
        if (context.StableRS is not { } stable)
        {
            return false;
        }

        var max = Defaults.MaxTrafficWeight(context.Rollout);
        var replicas = (max - canaryWeight) * context.Replicas / max;
        return stable.AvailableReplicas() >= replicas
               || CanaryReplicaCounts.ThresholdMet(context.Rollout.Spec.Strategy.Canary!.ReplicaProgressThreshold, stable, replicas);
    }

    public static TrafficWeights Status(RolloutContext context, int weight, string canaryHash)
    {
        var canary = context.Rollout.Spec.Strategy.Canary!;
        return new TrafficWeights
        {
            Canary = new WeightDestination { Weight = weight, PodTemplateHash = canaryHash, ServiceName = canary.CanaryService },
            Stable = new WeightDestination
            {
                Weight = Defaults.MaxTrafficWeight(context.Rollout) - weight,
                PodTemplateHash = context.StableRS.PodHash(),
                ServiceName = canary.StableService,
            },
        };
    }

    public static bool Same(TrafficWeights? left, TrafficWeights right)
        => left is { Additional: null or { Count: 0 } } && Same(left.Canary, right.Canary) && Same(left.Stable, right.Stable);

    public static string UpdatedMessage(TrafficWeights? before, TrafficWeights after)
    {
        var details = before is null ? $"to {after.Canary.Weight}"
            : before.Canary.Weight != after.Canary.Weight ? $"from {before.Canary.Weight} to {after.Canary.Weight}"
            : "";
        return $"Traffic weight updated {details}";
    }

    private static bool Same(WeightDestination left, WeightDestination right)
        => left.Weight == right.Weight && left.PodTemplateHash == right.PodTemplateHash && left.ServiceName == right.ServiceName;

    private static int AtStep(RolloutContext context)
    {
        var rollout = context.Rollout;
        var max = Defaults.MaxTrafficWeight(rollout);
        if (CanarySteps.CurrentIndex(rollout) is not { } index)
        {
            return 0;
        }

        if (CanaryReplicaCounts.Reached(rollout, context.Sets, weights: null))
        {
            return index == CanarySteps.Count(rollout) ? max : CanarySteps.SetWeight(rollout);
        }

        // the pods for the new weight are not there yet: the weight of before
        return rollout.Spec.Strategy.Canary!.Steps!.Take(index).LastOrDefault(step => step.SetWeight is not null)?.SetWeight ?? 0;
    }

    private static int OnPromoteFull(RolloutContext context)
        => context.Rollout.Spec.Strategy.Canary!.DynamicStableScale
            ? Defaults.MaxTrafficWeight(context.Rollout) * context.NewRS!.AvailableReplicas() / Math.Max(1, context.Replicas)
            : context.Rollout.Status.Canary.Weights?.Canary.Weight ?? 0;

    // At once, unless stable was made small: then in the steps' weights backwards, as far as stable has grown, and never up again.
    private static int OnAbort(RolloutContext context)
    {
        var rollout = context.Rollout;
        if (!rollout.Spec.Strategy.Canary!.DynamicStableScale || context.StableRS is not { } stable || context.NewRS is not { } canary || context.Replicas == 0)
        {
            return 0;
        }

        var max = Defaults.MaxTrafficWeight(rollout);
        var desired = DesiredStepWeight(context, stable, canary, max);
        var stableWeight = max * stable.AvailableReplicas() / context.Replicas;
        var expected = Math.Max(0, max - stableWeight);
        if (rollout.Status.Canary.Weights?.Canary.Weight is not { } current)
        {
            return Math.Max(expected, desired);
        }

        return desired <= 0 ? Math.Min(expected, current)
            : stableWeight < max - desired ? current
            : Math.Min(desired, current);
    }

    private static int DesiredStepWeight(RolloutContext context, V1ReplicaSet stable, V1ReplicaSet canary, int max)
        => context.Rollout.Status.Abort
            ? CanarySteps.WeightOnAbort(context.Rollout, canary, stable)
            : CanarySteps.Current(context.Rollout) is null ? max : CanarySteps.SetWeight(context.Rollout);
}
