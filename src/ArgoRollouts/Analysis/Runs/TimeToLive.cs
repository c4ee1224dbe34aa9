using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Decides whether a finished run has outlived its ttlStrategy (isAnalysisRunTtlExceeded of analysis/analysis.go).</summary>
public static class TimeToLive
{
    /// <summary>The limit for the outcome, or else the one for every outcome, in whole seconds.</summary>
    public static bool IsExceeded(AnalysisRun run, DateTime now)
    {
        if (!AnalysisPhase.Completed(run.Status.Phase) || run.Spec.TtlStrategy is not { } strategy || run.Status.CompletedAt is not { } completed)
        {
            return false;
        }
        var limit = run.Status.Phase switch
        {
            AnalysisPhase.Successful => strategy.SecondsAfterSuccess,
            AnalysisPhase.Failed => strategy.SecondsAfterFailure,
            _ => null,
        };
        return (limit ?? strategy.SecondsAfterCompletion) is { } seconds && (int)(now - completed).TotalSeconds > seconds;
    }
}
