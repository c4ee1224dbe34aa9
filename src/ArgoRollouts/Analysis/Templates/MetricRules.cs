using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Templates;

/// <summary>dryRun and measurementRetention: rules that name metrics by regular expression.</summary>
public static class MetricRules
{
    /// <summary>Names of the metrics that only run dry.</summary>
    /// <exception cref="AnalysisException">A rule that matches no metric.</exception>
    public static IReadOnlySet<string> DryRun(IReadOnlyList<DryRun>? rules, IReadOnlyList<Metric> metrics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, rule) in (rules ?? []).Index())
        {
            names.UnionWith(Matching(rule.MetricName, metrics, $"dryRun[{index}]"));
        }
        return names;
    }

    /// <summary>How many measurements are kept, by the name of the metric; of several rules the last counts.</summary>
    /// <exception cref="AnalysisException">A rule that matches no metric.</exception>
    public static IReadOnlyDictionary<string, int> Retention(IReadOnlyList<MeasurementRetention>? rules, IReadOnlyList<Metric> metrics)
    {
        var limits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, rule) in (rules ?? []).Index())
        {
            foreach (var name in Matching(rule.MetricName, metrics, $"measurementRetention[{index}]"))
            {
                limits[name] = rule.Limit;
            }
        }
        return limits;
    }

    /// <summary>Both lists in one.</summary>
    /// <exception cref="AnalysisException">Two rules of one name.</exception>
    public static List<DryRun> Merge(IEnumerable<DryRun> left, IEnumerable<DryRun> right) =>
        Distinct([.. left, .. right], rule => rule.MetricName, "two Dry-Run metric rules");

    /// <summary>Both lists in one.</summary>
    /// <exception cref="AnalysisException">Two rules of one name.</exception>
    public static List<MeasurementRetention> Merge(IEnumerable<MeasurementRetention> left, IEnumerable<MeasurementRetention> right) =>
        Distinct([.. left, .. right], rule => rule.MetricName, "two Measurement Retention metric rules");

    internal static List<T> Distinct<T>(List<T> items, Func<T, string> name, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return items.Find(item => !seen.Add(name(item))) is { } duplicate
            ? throw new AnalysisException($"{what} have the same name '{name(duplicate)}'")
            : items;
    }

    private static List<string> Matching(string pattern, IReadOnlyList<Metric> metrics, string rule)
    {
        List<string> names;
        try
        {
            var regexp = GoRegexp.Compile(pattern);
            names = [.. metrics.Select(metric => metric.Name).Where(regexp.IsMatch)];
        }
        catch (GoPanicException)
        {
            names = []; // upstream takes a pattern that is none for one that matches nothing
        }
        return names.Count > 0 ? names : throw new AnalysisException($"{rule}: Rule didn't match any metric name(s)");
    }
}
