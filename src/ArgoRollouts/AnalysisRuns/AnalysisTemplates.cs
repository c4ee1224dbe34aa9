using ArgoRollouts.Analysis.Templates;
using ArgoRollouts.Models;
using Controllers.Runtime;
using Controllers.Runtime.Caching;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>A template that an analysis names and that does not exist.</summary>
internal sealed class AnalysisTemplateNotFoundException(string kind, string name) : Exception($"{kind} '{name}' not found")
{
    public string TemplateName { get; } = name;
}

/// <summary>Looks up the templates that an analysis names, and those that they name in turn.</summary>
internal sealed class AnalysisTemplates(ILister<AnalysisTemplate> templates, ILister<ClusterAnalysisTemplate> clusterTemplates)
{
    /// <summary><see cref="AnalysisTemplateNotFoundException"/> for a missing one.</summary>
    public TemplateReferences Resolve(string @namespace, IEnumerable<AnalysisTemplateRef> references) => TemplateReferences.Resolve(
        references,
        name => templates.Find(new NamespacedName(@namespace, name)) ?? throw new AnalysisTemplateNotFoundException(nameof(AnalysisTemplate), name),
        name => clusterTemplates.Find(new NamespacedName("", name)) ?? throw new AnalysisTemplateNotFoundException(nameof(ClusterAnalysisTemplate), name));
}
