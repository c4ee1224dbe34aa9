using ArgoRollouts.Analysis.Go;
using k8s.Models;

namespace ArgoRollouts.Analysis.Arguments;

/// <summary>A field of metadata as the downward API names it (Kubernetes' pkg/fieldpath).</summary>
internal static class MetadataField
{
    /// <param name="metadata">Where to read.</param>
    /// <param name="path">metadata.name, namespace, uid, labels, annotations, or one label or annotation: metadata.labels['region'].</param>
    /// <exception cref="AnalysisException">No such field.</exception>
    public static string Read(V1ObjectMeta metadata, string path)
    {
        var subscript = path.EndsWith("']", StringComparison.Ordinal) ? path.IndexOf("['", StringComparison.Ordinal) : -1;
        if (subscript > 0)
        {
            var key = path[(subscript + 2)..^2];
            return path[..subscript] switch
            {
                "metadata.annotations" => Entry(metadata.Annotations, key),
                "metadata.labels" => Entry(metadata.Labels, key),
                _ => throw new AnalysisException($"fieldPath {GoQuote.Quote(path)} does not support subscript"),
            };
        }
        return path switch
        {
            "metadata.annotations" => All(metadata.Annotations),
            "metadata.labels" => All(metadata.Labels),
            "metadata.name" => metadata.Name ?? "",
            "metadata.namespace" => metadata.NamespaceProperty ?? "",
            "metadata.uid" => metadata.Uid ?? "",
            _ => throw new AnalysisException($"unsupported fieldPath: {path}"),
        };
    }

    private static string Entry(IDictionary<string, string>? entries, string key) => entries?.TryGetValue(key, out var value) == true ? value : "";

    private static string All(IDictionary<string, string>? entries) =>
        string.Join('\n', (entries ?? new Dictionary<string, string>()).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}={GoQuote.Quote(e.Value)}"));
}
