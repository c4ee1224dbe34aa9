using System.Text;
using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Canary;

/// <summary>Where a canary stands in its steps and which weight that means (utils/replicaset/canary.go).</summary>
internal static class CanarySteps
{
    /// <summary>The step to be executed; null without steps, or when all are done.</summary>
    public static CanaryStep? Current(Rollout rollout)
        => CurrentIndex(rollout) is { } index && index < Count(rollout) ? rollout.Spec.Strategy.Canary!.Steps![index] : null;

    /// <summary>Index of the step to be executed, their number when all are done; null without steps.</summary>
    public static int? CurrentIndex(Rollout rollout) => Count(rollout) == 0 ? null : rollout.Status.CurrentStepIndex ?? 0;

    public static int Count(Rollout rollout) => rollout.Spec.Strategy.Canary?.Steps?.Count ?? 0;

    /// <summary>Where a new update starts: at 0, or nowhere without steps.</summary>
    public static int? First(Rollout rollout) => Count(rollout) > 0 ? 0 : null;

    /// <summary>The weight of the last setWeight step up to the present one: 0 before the first and after an abort, all after the last step.</summary>
    public static int SetWeight(Rollout rollout)
    {
        if (rollout.Status.Abort)
        {
            return 0;
        }

        return Current(rollout) is null
            ? Defaults.MaxTrafficWeight(rollout)
            : Last(rollout, step => step.SetWeight is not null)?.SetWeight ?? 0;
    }

    /// <summary>The number of replicas, or else the weight, that the canary should have.</summary>
    public static (int? Replicas, int Weight) Desired(Rollout rollout, V1ReplicaSet? newSet, V1ReplicaSet? stable)
    {
        var status = rollout.Status;
        if (status.PromoteFull || string.IsNullOrEmpty(status.StableRS) || status.CurrentPodHash == status.StableRS)
        {
            return (null, Defaults.MaxTrafficWeight(rollout));
        }

        return CanaryScale(rollout) switch
        {
            { Replicas: { } replicas } => (replicas, 0),
            { Weight: { } weight } => (null, weight),
            _ => (null, Weight(rollout, newSet, stable)),
        };
    }

    /// <summary>Background analysis waits for its startingStep.</summary>
    public static bool BeforeStartingStep(Rollout rollout)
        => rollout.Spec.Strategy.Canary?.Analysis?.StartingStep is { } start && CurrentIndex(rollout) is { } current && current < start;

    /// <summary>A step in words, as events have it (utils/rollout, CanaryStepString).</summary>
    public static string Text(CanaryStep step) => step switch
    {
        { SetWeight: { } weight } => $"setWeight: {weight}",
        { Pause: { } pause } => pause.Duration is { } duration ? $"pause: {duration.Value}" : "pause",
        { Experiment: not null } => "experiment",
        { Analysis: not null } => "analysis",
        { SetCanaryScale.Weight: { } weight } => $"setCanaryScale{{weight: {weight}}}",
        { SetCanaryScale.MatchTrafficWeight: true } => "setCanaryScale{matchTrafficWeight: true}",
        { SetCanaryScale.Replicas: { } replicas } => $"setCanaryScale{{replicas: {replicas}}}",
        { Plugin: { } plugin } => $"plugin: {plugin.Name}",
        { SetHeaderRoute: { } route } => $"setHeaderRoute: {route.Name}",
        { SetMirrorRoute: { } route } => $"setMirrorRoute: {route.Name}",
        _ => "invalid",
    };

    /// <summary>Tells a change of the steps: FNV-1a over them as Go writes them; empty for other strategies (utils/conditions, ComputeStepHash).</summary>
    public static string Hash(Rollout rollout)
    {
        if (rollout.Spec.Strategy is { BlueGreen: not null } or { Canary: null })
        {
            return "";
        }

        return rollout.Spec.Strategy.Canary.Steps is { } steps
            ? SafeEncoding.Hash(Encoding.UTF8.GetBytes(StepsJson.Write(JsonNode.Parse(KubernetesJson.Serialize(steps)))))
            : SafeEncoding.Hash("null"u8);
    }

    /// <summary>A new template, or other steps: the update starts over.</summary>
    public static bool PodTemplateOrStepsChanged(Rollout rollout, bool podTemplateChanged)
        => podTemplateChanged || string.IsNullOrEmpty(rollout.Status.CurrentStepHash) || rollout.Status.CurrentStepHash != Hash(rollout);

    /// <summary>The setCanaryScale in force: traffic routing only, ended by matchTrafficWeight and, unless the canary is kept, by an abort.</summary>
    private static SetCanaryScale? CanaryScale(Rollout rollout)
    {
        if (rollout.Spec.Strategy.Canary?.TrafficRouting is null
            || (rollout.Status.Abort && Defaults.AbortScaleDownDelay(rollout).Delay is not null)
            || Current(rollout) is null)
        {
            return null;
        }

        var scale = Last(rollout, step => step.SetCanaryScale is not null)?.SetCanaryScale;
        return scale?.MatchTrafficWeight == true ? null : scale;
    }

    /// <summary>
    /// An aborted canary with dynamicStableScale walks its weights back, so that stable need not scale up at once: the last step's weight that
    /// needs fewer canary pods than there are.
    /// </summary>
    public static int WeightOnAbort(Rollout rollout, V1ReplicaSet newSet, V1ReplicaSet stable)
    {
        var replicas = Defaults.Replicas(rollout);
        var canaryReplicas = Math.Max(replicas - stable.AvailableReplicas(), newSet.AvailableReplicas());
        var max = Defaults.MaxTrafficWeight(rollout);
        return (rollout.Spec.Strategy.Canary!.Steps ?? []).AsEnumerable().Reverse()
            .FirstOrDefault(step => step.SetWeight is { } weight && TrafficRoutedReplicas.OfWeight(replicas, weight, max) < canaryReplicas)?.SetWeight ?? 0;
    }

    private static int Weight(Rollout rollout, V1ReplicaSet? newSet, V1ReplicaSet? stable)
        => rollout.Status.Abort && rollout.Spec.Strategy.Canary!.DynamicStableScale && newSet is not null && stable is not null
            ? WeightOnAbort(rollout, newSet, stable)
            : SetWeight(rollout);

    private static CanaryStep? Last(Rollout rollout, Func<CanaryStep, bool> is_)
        => rollout.Spec.Strategy.Canary!.Steps!.Take(CurrentIndex(rollout)!.Value + 1).LastOrDefault(is_);
}
