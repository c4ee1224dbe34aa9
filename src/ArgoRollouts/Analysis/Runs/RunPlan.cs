using ArgoRollouts.Analysis.Arguments;
using ArgoRollouts.Analysis.Templates;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>What a run specifies, its arguments put in and its rules applied.</summary>
/// <param name="Metrics">In the order of the run.</param>
/// <param name="DryRun">Names of the metrics that only run dry.</param>
/// <param name="Retention">Measurements kept, by the name of the metric.</param>
internal sealed record RunPlan(IReadOnlyList<Metric> Metrics, IReadOnlySet<string> DryRun, IReadOnlyDictionary<string, int> Retention)
{
    /// <exception cref="AnalysisException">Unable to resolve metric arguments: …; Analysis spec invalid: …</exception>
    public static RunPlan Of(AnalysisRun run)
    {
        var metrics = Or("Unable to resolve metric arguments", () => MetricResolution.WithoutSecrets(run.Spec.Metrics, run.Spec.Args));
        return Or("Analysis spec invalid", () =>
        {
            MetricValidation.Validate(metrics);
            return new RunPlan(metrics, MetricRules.DryRun(run.Spec.DryRun, metrics), MetricRules.Retention(run.Spec.MeasurementRetention, metrics));
        });
    }

    private static T Or<T>(string problem, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AnalysisException e)
        {
            throw new AnalysisException($"{problem}: {e.Message}");
        }
    }
}
