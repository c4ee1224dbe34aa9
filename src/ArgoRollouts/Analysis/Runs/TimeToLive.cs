using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Decides whether a finished run has outlived its ttlStrategy (isAnalysisRunTtlExceeded of analysis/analysis.go).</summary>
public static class TimeToLive
{
    /// <summary>Whether more whole seconds have gone by since the run finished than its strategy grants.</summary>
    public static bool IsExceeded(AnalysisRun run, DateTime now) => ExceededFrom(run) is { } from && now >= from;

    /// <summary>The first moment at which the run has outlived it; null: never, or not known yet.</summary>
    public static DateTime? ExceededFrom(AnalysisRun run) =>
        AnalysisPhase.Completed(run.Status.Phase) && run.Status.CompletedAt is { } completed && Seconds(run) is { } seconds
            ? completed.AddSeconds(seconds + 1)
            : null;

    /// <summary>The limit for the outcome, or else the one for every outcome.</summary>
    private static int? Seconds(AnalysisRun run) => (run.Status.Phase switch
    {
        AnalysisPhase.Successful => run.Spec.TtlStrategy?.SecondsAfterSuccess,
        AnalysisPhase.Failed => run.Spec.TtlStrategy?.SecondsAfterFailure,
        _ => null,
    }) ?? run.Spec.TtlStrategy?.SecondsAfterCompletion;
}
