using System.Globalization;
using System.Text.RegularExpressions;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Models;
using k8s;

namespace ArgoRollouts.Analysis.Arguments;

/// <summary>Any field of a Rollout by its path, e.g. spec.template.spec.containers[0].image (extractValueFromRollout of utils/analysis/factory.go).</summary>
internal static partial class ObjectField
{
    /// <exception cref="AnalysisException">The path leads nowhere, or to a list or map.</exception>
    public static string Read(Rollout rollout, string path)
    {
        var value = GoJsonReader.Read(KubernetesJson.Serialize(rollout));
        foreach (var section in Separators().Split(path).Where(section => section.Length > 0))
        {
            value = value switch
            {
                object?[] items => Element(items, section),
                Dictionary<string, object?> map => map.GetValueOrDefault(section),
                _ => throw new AnalysisException($"invalid path {path} in rollout"),
            };
        }
        return value switch
        {
            null => throw new AnalysisException($"invalid path {path} in rollout"),
            object?[] or Dictionary<string, object?> => throw new AnalysisException($"path {path} in rollout must terminate in a primitive value"),
            _ => GoFormat.Value(value),
        };
    }

    private static object? Element(object?[] items, string section)
    {
        if (!int.TryParse(section, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            throw new AnalysisException($"invalid index '{section}'");
        }
        return index >= 0 && index < items.Length ? items[index] : throw new AnalysisException($"index {index} out of range");
    }

    [GeneratedRegex(@"[\.\[\]]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Separators();
}
