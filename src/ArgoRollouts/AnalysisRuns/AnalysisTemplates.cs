using ArgoRollouts.Models;
using Controllers.Runtime;
using Controllers.Runtime.Caching;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>A template that an analysis names and that does not exist.</summary>
internal sealed class AnalysisTemplateNotFoundException(string kind, string name) : Exception($"{kind} '{name}' not found")
{
    public string TemplateName { get; } = name;
}

/// <summary>A template of either scope.</summary>
internal sealed record ResolvedTemplate(string Name, bool ClusterScope, AnalysisTemplateSpec Spec);

/// <summary>Looks up the templates that an analysis names, and those that they name in turn (rollout/analysis.go, getAnalysisTemplatesFromRefs).</summary>
internal sealed class AnalysisTemplates(ILister<AnalysisTemplate> templates, ILister<ClusterAnalysisTemplate> clusterTemplates)
{
    /// <summary>Namespaced ones first, then cluster-scoped, each once; <see cref="AnalysisTemplateNotFoundException"/> for a missing one.</summary>
    public IReadOnlyList<ResolvedTemplate> Resolve(string @namespace, IEnumerable<AnalysisTemplateRef> references)
    {
        var found = new List<ResolvedTemplate>();
        Collect(@namespace, references, found);
        return [.. found.OrderBy(template => template.ClusterScope)];
    }

    private void Collect(string @namespace, IEnumerable<AnalysisTemplateRef> references, List<ResolvedTemplate> found)
    {
        foreach (var reference in references)
        {
            var clusterScope = reference.ClusterScope == true;
            if (found.Exists(template => template.Name == reference.TemplateName && template.ClusterScope == clusterScope))
            {
                continue;
            }

            var spec = clusterScope
                ? clusterTemplates.Find(new NamespacedName("", reference.TemplateName))?.Spec
                : templates.Find(new NamespacedName(@namespace, reference.TemplateName))?.Spec;
            if (spec is null)
            {
                throw new AnalysisTemplateNotFoundException(clusterScope ? nameof(ClusterAnalysisTemplate) : nameof(AnalysisTemplate), reference.TemplateName);
            }

            found.Add(new ResolvedTemplate(reference.TemplateName, clusterScope, spec));
            Collect(@namespace, spec.Templates ?? [], found);
        }
    }
}
