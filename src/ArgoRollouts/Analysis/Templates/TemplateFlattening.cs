using ArgoRollouts.Analysis.Arguments;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Templates;

/// <summary>Several templates as one (FlattenTemplates of utils/analysis/helpers.go): those of the namespace first, then those of the cluster.</summary>
public static class TemplateFlattening
{
    /// <exception cref="AnalysisException">Two metrics or rules of one name, or two values of one argument.</exception>
    public static AnalysisTemplateSpec Flatten(IEnumerable<AnalysisTemplate> templates, IEnumerable<ClusterAnalysisTemplate> clusterTemplates)
    {
        List<AnalysisTemplateSpec> specs = [.. templates.Select(t => t.Spec), .. clusterTemplates.Select(t => t.Spec)];
        return new()
        {
            Metrics = MetricRules.Distinct([.. specs.SelectMany(s => s.Metrics ?? [])], metric => metric.Name, "two metrics"),
            DryRun = MetricRules.Merge(specs.SelectMany(s => s.DryRun ?? []), []),
            MeasurementRetention = MetricRules.Merge(specs.SelectMany(s => s.MeasurementRetention ?? []), []),
            Args = ArgumentMerging.Combine(specs.SelectMany(s => s.Args ?? [])),
        };
    }
}
