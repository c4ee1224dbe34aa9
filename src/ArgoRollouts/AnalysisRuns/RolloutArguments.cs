using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using k8s;
using k8s.Models;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>Values of the arguments that a Rollout gives to an analysis (utils/analysis/factory.go, BuildArgumentsForRolloutAnalysisRun).</summary>
internal static partial class RolloutArguments
{
    public static IReadOnlyList<Argument> Resolve(IEnumerable<AnalysisRunArgument>? arguments, Rollout rollout, V1ReplicaSet? newSet, V1ReplicaSet? stable)
        => [.. (arguments ?? []).Select(argument => new Argument { Name = argument.Name, Value = Value(argument, rollout, newSet, stable) })];

    /// <summary>Name, namespace, uid, all labels or annotations or one of them: what the downward API takes from metadata.</summary>
    public static string MetadataField(V1ObjectMeta metadata, string path)
    {
        var subscript = Subscript().Match(path);
        if (subscript.Success)
        {
            var values = subscript.Groups["map"].Value == "labels" ? metadata.Labels : metadata.Annotations;
            return values?.TryGetValue(subscript.Groups["key"].Value, out var value) == true ? value : "";
        }

        return path switch
        {
            "metadata.name" => metadata.Name,
            "metadata.namespace" => metadata.NamespaceProperty ?? "",
            "metadata.uid" => metadata.Uid ?? "",
            "metadata.labels" => Lines(metadata.Labels),
            "metadata.annotations" => Lines(metadata.Annotations),
            _ => throw new InvalidAnalysisException($"unsupported fieldPath: {path}"),
        };
    }

    /// <summary>A primitive anywhere in the Rollout, e.g. <c>spec.template.spec.containers[0].image</c>.</summary>
    public static string Field(Rollout rollout, string path)
    {
        var value = JsonNode.Parse(KubernetesJson.Serialize(rollout));
        foreach (var section in Separators().Split(path).Where(section => section.Length > 0))
        {
            value = value switch
            {
                JsonArray list => Item(list, section),
                JsonObject map => map[section],
                _ => throw new InvalidAnalysisException($"invalid path {path} in rollout"),
            };
        }

        return value switch
        {
            null => throw new InvalidAnalysisException($"invalid path {path} in rollout"),
            JsonArray or JsonObject => throw new InvalidAnalysisException($"path {path} in rollout must terminate in a primitive value"),
            _ => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(),
        };
    }

    private static string Value(AnalysisRunArgument argument, Rollout rollout, V1ReplicaSet? newSet, V1ReplicaSet? stable) => argument.ValueFrom switch
    {
        { PodTemplateHashValue: "Latest" } => newSet.PodHash(),
        { PodTemplateHashValue: "Stable" } => stable.PodHash(),
        { FieldRef: { } field } => field.FieldPath.StartsWith("metadata", StringComparison.Ordinal)
            ? MetadataField(rollout.Metadata, field.FieldPath)
            : Field(rollout, field.FieldPath),
        _ => argument.Value ?? "",
    };

    private static JsonNode? Item(JsonArray list, string section)
        => !int.TryParse(section, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? throw new InvalidAnalysisException($"invalid index '{section}'")
            : index >= list.Count ? throw new InvalidAnalysisException($"index {index} out of range")
            : list[index];

    // as the downward API prints a map: sorted, values quoted
    private static string Lines(IDictionary<string, string>? map)
        => string.Join('\n', (map ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={JsonSerializer.Serialize(pair.Value)}"));

    [GeneratedRegex(@"[.\[\]]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^metadata\.(?<map>labels|annotations)\['(?<key>.*)'\]$", RegexOptions.ExplicitCapture)]
    private static partial Regex Subscript();
}
