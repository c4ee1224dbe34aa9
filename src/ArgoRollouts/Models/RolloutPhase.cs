namespace ArgoRollouts.Models;

/// <summary>Values of status.phase (types.go, RolloutPhase).</summary>
public static class RolloutPhase
{
    public const string Healthy = "Healthy";
    public const string Degraded = "Degraded";
    public const string Progressing = "Progressing";
    public const string Paused = "Paused";
}
