namespace ArgoRollouts.Models;

/// <summary>Labels that tell why a Rollout created an AnalysisRun (types.go).</summary>
public static class AnalysisRunLabels
{
    public const string RolloutType = "rollout-type";
    public const string StepIndex = "step-index";

    public const string Step = "Step";
    public const string Background = "Background";
    public const string PrePromotion = "PrePromotion";
    public const string PostPromotion = "PostPromotion";
}
