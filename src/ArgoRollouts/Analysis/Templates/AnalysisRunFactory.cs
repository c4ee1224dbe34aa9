using ArgoRollouts.Analysis.Arguments;
using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.Analysis.Templates;

/// <summary>Makes the AnalysisRun of templates and arguments (NewAnalysisRunFromTemplates of utils/analysis/helpers.go).</summary>
public static class AnalysisRunFactory
{
    /// <param name="references">The templates.</param>
    /// <param name="arguments">Values for what the templates ask; see <see cref="RolloutArguments"/>.</param>
    /// <param name="analysis">Carries the Rollout's own dryRun and measurementRetention; null: none.</param>
    /// <param name="metadata">Name, namespace, labels, annotations and owner of the run.</param>
    /// <exception cref="AnalysisException">The templates do not go together, or an argument has no value.</exception>
    public static AnalysisRun Create(TemplateReferences references, IEnumerable<Argument> arguments, RolloutAnalysis? analysis, V1ObjectMeta metadata)
    {
        var template = TemplateFlattening.Flatten(references.Templates, references.ClusterTemplates);
        return new()
        {
            Metadata = metadata,
            Spec = new()
            {
                Metrics = template.Metrics ?? [],
                Args = NullIfEmpty(ArgumentMerging.Merge(arguments, template.Args ?? [])),
                DryRun = NullIfEmpty(MetricRules.Merge(analysis?.DryRun ?? [], template.DryRun ?? [])),
                MeasurementRetention = NullIfEmpty(MetricRules.Merge(analysis?.MeasurementRetention ?? [], template.MeasurementRetention ?? [])),
            },
        };
    }

    private static List<T>? NullIfEmpty<T>(List<T> items) => items.Count == 0 ? null : items;
}
