namespace ArgoRollouts.Models;

/// <summary>Values of status.pauseConditions[].reason (types.go, PauseReason).</summary>
public static class PauseReason
{
    public const string InconclusiveAnalysis = "InconclusiveAnalysisRun";
    public const string InconclusiveExperiment = "InconclusiveExperiment";
    public const string CanaryPauseStep = "CanaryPauseStep";
    public const string BlueGreenPause = "BlueGreenPause";
}
