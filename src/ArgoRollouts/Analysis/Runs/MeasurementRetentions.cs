using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Decides which metrics have more measurements than are kept.</summary>
public static class MeasurementRetentions
{
    /// <summary>How many are kept without a rule.</summary>
    public const int DefaultLimit = 10;

    /// <param name="run">The run.</param>
    /// <param name="limits">By the name of the metric; a limit that is not positive is none.</param>
    public static List<(MetricResult Result, int Limit)> Surplus(AnalysisRun run, IReadOnlyDictionary<string, int> limits) =>
    [
        .. (run.Status.MetricResults ?? [])
            .Select(result => (Result: result, Limit: limits.TryGetValue(result.Name, out var limit) && limit > 0 ? limit : DefaultLimit))
            .Where(item => item.Result.Measurements?.Count > item.Limit),
    ];
}
