using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Templates;

/// <summary>The templates that references name, and those that the templates name themselves; each once (getAnalysisTemplatesFromRefs of rollout/analysis.go).</summary>
/// <param name="Templates">Of the namespace.</param>
/// <param name="ClusterTemplates">Of the cluster.</param>
public sealed record TemplateReferences(IReadOnlyList<AnalysisTemplate> Templates, IReadOnlyList<ClusterAnalysisTemplate> ClusterTemplates)
{
    /// <param name="references">As the Rollout writes them.</param>
    /// <param name="find">A template of the Rollout's namespace by name.</param>
    /// <param name="findCluster">A template of the cluster by name.</param>
    /// <exception cref="AnalysisException">A template that is not there, in the API server's words.</exception>
    public static TemplateReferences Resolve(
        IEnumerable<AnalysisTemplateRef> references, Func<string, AnalysisTemplate?> find, Func<string, ClusterAnalysisTemplate?> findCluster)
    {
        var templates = new Dictionary<string, AnalysisTemplate>(StringComparer.Ordinal);
        var clusterTemplates = new Dictionary<string, ClusterAnalysisTemplate>(StringComparer.Ordinal);
        Follow(references);
        return new([.. templates.Values], [.. clusterTemplates.Values]);

        void Follow(IEnumerable<AnalysisTemplateRef>? names)
        {
            foreach (var reference in names ?? [])
            {
                // a template already seen is not followed again: upstream recurses without end where templates name each other
                if (reference.ClusterScope == true)
                {
                    var template = findCluster(reference.TemplateName) ?? throw NotFound("clusteranalysistemplate", reference.TemplateName);
                    if (clusterTemplates.TryAdd(reference.TemplateName, template))
                    {
                        Follow(template.Spec.Templates);
                    }
                }
                else
                {
                    var template = find(reference.TemplateName) ?? throw NotFound("analysistemplate", reference.TemplateName);
                    if (templates.TryAdd(reference.TemplateName, template))
                    {
                        Follow(template.Spec.Templates);
                    }
                }
            }
        }
    }

    // the lister's error: the resource is singular there
    private static AnalysisException NotFound(string resource, string name) => new($"{resource}.argoproj.io \"{name}\" not found");
}
