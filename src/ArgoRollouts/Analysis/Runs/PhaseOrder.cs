using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Phases from best to worst (analysisStatusOrder of utils/analysis/helpers.go).</summary>
public static class PhaseOrder
{
    private static readonly string[] BestToWorst =
    [
        AnalysisPhase.Successful, AnalysisPhase.Running, AnalysisPhase.Pending, AnalysisPhase.Inconclusive, AnalysisPhase.Error, AnalysisPhase.Failed,
    ];

    /// <summary>Whether the new phase is worse than the current one; an unknown phase counts as the best.</summary>
    public static bool IsWorse(string? current, string? next) => Rank(next) > Rank(current);

    public static string? Worst(string? left, string? right) => IsWorse(left, right) ? right : left;

    private static int Rank(string? phase) => Math.Max(0, Array.IndexOf(BestToWorst, phase));
}
