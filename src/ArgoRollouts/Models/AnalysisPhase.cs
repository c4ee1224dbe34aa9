namespace ArgoRollouts.Models;

/// <summary>Phases of an AnalysisRun, of a metric and of a measurement (analysis_types.go).</summary>
public static class AnalysisPhase
{
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Successful = "Successful";
    public const string Failed = "Failed";
    public const string Error = "Error";
    public const string Inconclusive = "Inconclusive";

    /// <summary>Whether the phase is final.</summary>
    public static bool Completed(string? phase) => phase is Successful or Failed or Error or Inconclusive;
}
