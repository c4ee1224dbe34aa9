using ArgoRollouts.Models;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>One AnalysisRun's spec out of several templates and the Rollout's arguments (utils/analysis/helpers.go, NewAnalysisRunFromTemplates).</summary>
internal static class AnalysisRunSpecFromTemplates
{
    public static AnalysisRunSpec Combine(IReadOnlyList<ResolvedTemplate> templates, IReadOnlyList<Argument> arguments, RolloutAnalysis analysis)
    {
        var specs = templates.Select(template => template.Spec).ToList();
        var metrics = specs.SelectMany(spec => spec.Metrics ?? []).ToList();
        if (Duplicate(metrics.Select(metric => metric.Name)) is { } metric)
        {
            throw new InvalidAnalysisException($"two metrics have the same name '{metric}'");
        }

        var templateDryRun = Unique(specs.SelectMany(spec => spec.DryRun ?? []), rule => rule.MetricName, "Dry-Run");
        var templateRetention = Unique(specs.SelectMany(spec => spec.MeasurementRetention ?? []), rule => rule.MetricName, "Measurement Retention");
        return new AnalysisRunSpec
        {
            Metrics = metrics,
            Args = NullIfEmpty(Merge(arguments, Flatten(specs))),
            DryRun = NullIfEmpty(Unique((analysis.DryRun ?? []).Concat(templateDryRun), rule => rule.MetricName, "Dry-Run")),
            MeasurementRetention = NullIfEmpty(
                Unique((analysis.MeasurementRetention ?? []).Concat(templateRetention), rule => rule.MetricName, "Measurement Retention")),
        };
    }

    /// <summary>The templates' arguments; the same name twice must not have two values.</summary>
    private static List<Argument> Flatten(IEnumerable<AnalysisTemplateSpec> specs)
    {
        var combined = new List<Argument>();
        foreach (var argument in specs.SelectMany(spec => spec.Args ?? []))
        {
            var known = combined.FindIndex(other => other.Name == argument.Name);
            if (known < 0)
            {
                combined.Add(argument);
                continue;
            }

            var value = combined[known].Value;
            if (value is not null && argument.Value is not null && value != argument.Value)
            {
                throw new InvalidAnalysisException($"Argument `{argument.Name}` specified multiple times with different values: '{value}', '{argument.Value}'");
            }

            if (value is null)
            {
                combined[known] = argument;
            }
        }

        return combined;
    }

    /// <summary>The templates' arguments with the Rollout's values; each must have one in the end.</summary>
    private static List<Argument> Merge(IReadOnlyList<Argument> incoming, List<Argument> templates)
    {
        var merged = new List<Argument>();
        foreach (var argument in templates)
        {
            var given = incoming.LastOrDefault(other => other.Name == argument.Name);
            var value = given?.Value ?? argument.Value;
            var valueFrom = given is { Value: null, ValueFrom: not null } ? given.ValueFrom : argument.ValueFrom;
            if (value is null && valueFrom is null)
            {
                throw new InvalidAnalysisException($"args.{argument.Name} was not resolved");
            }

            merged.Add(new Argument { Name = argument.Name, Value = value, ValueFrom = valueFrom });
        }

        return merged;
    }

    private static List<T> Unique<T>(IEnumerable<T> rules, Func<T, string> name, string what)
    {
        var list = rules.ToList();
        return Duplicate(list.Select(name)) is { } duplicate
            ? throw new InvalidAnalysisException($"two {what} metric rules have the same name '{duplicate}'")
            : list;
    }

    private static string? Duplicate(IEnumerable<string> names)
    {
        var seen = new HashSet<string>();
        return names.FirstOrDefault(name => !seen.Add(name));
    }

    private static List<T>? NullIfEmpty<T>(List<T> list) => list.Count == 0 ? null : list;
}
