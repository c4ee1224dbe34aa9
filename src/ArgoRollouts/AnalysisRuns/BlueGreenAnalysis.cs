using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>When pre- and post-promotion analysis have no business to run (rollout/analysis.go).</summary>
internal static class BlueGreenAnalysis
{
    /// <summary>Promoted already, first deployment, or the preview is not up yet. A run once started is not stopped by a pod that fails.</summary>
    public static bool SkipsPrePromotion(RolloutContext context)
    {
        var hash = context.NewRS.PodHash();
        var active = context.Rollout.Status.BlueGreen.ActiveSelector;
        if (context.Rollout.Status.StableRS == hash || string.IsNullOrEmpty(active) || active == hash || hash.Length == 0)
        {
            return true;
        }

        if (context.CurrentRuns.PrePromotion is not null)
        {
            return false;
        }

        return context.Rollout.Spec.Strategy.BlueGreen!.PreviewReplicaCount is { } previewReplicas
            ? context.NewRS!.DesiredReplicas() != previewReplicas || context.NewRS!.AvailableReplicas() != previewReplicas
            : !context.NewRS.IsSaturated(context.Rollout);
    }

    /// <summary>The new ReplicaSet is stable already, or not active yet, or not up yet.</summary>
    public static bool SkipsPostPromotion(RolloutContext context)
    {
        var hash = context.NewRS.PodHash();
        if (context.Rollout.Status.StableRS == hash || context.Rollout.Status.BlueGreen.ActiveSelector != hash || hash.Length == 0)
        {
            return true;
        }

        return context.CurrentRuns.PostPromotion is null && !context.NewRS.IsSaturated(context.Rollout);
    }
}
