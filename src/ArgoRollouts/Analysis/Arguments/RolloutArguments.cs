using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Arguments;

/// <summary>The arguments a Rollout gives to an analysis, as values (BuildArgumentsForRolloutAnalysisRun of utils/analysis/factory.go).</summary>
public static class RolloutArguments
{
    /// <param name="arguments">As the Rollout writes them; a value that comes from nowhere is empty.</param>
    /// <param name="stableHash">Pod template hash of the stable ReplicaSet.</param>
    /// <param name="latestHash">Pod template hash of the new ReplicaSet.</param>
    /// <param name="rollout">Whose fields a fieldRef names.</param>
    /// <param name="strict">False while the Rollout is validated: a field outside metadata may not be there yet, and is empty.</param>
    /// <exception cref="AnalysisException">A field that the Rollout does not have.</exception>
    public static List<Argument> Build(IEnumerable<AnalysisRunArgument> arguments, string stableHash, string latestHash, Rollout rollout, bool strict = true) =>
        [.. arguments.Select(argument => new Argument { Name = argument.Name, Value = Value(argument, stableHash, latestHash, rollout, strict) })];

    private static string Value(AnalysisRunArgument argument, string stableHash, string latestHash, Rollout rollout, bool strict) => argument.ValueFrom switch
    {
        { PodTemplateHashValue: "Latest" } => latestHash,
        { PodTemplateHashValue: "Stable" } => stableHash,
        { PodTemplateHashValue: null, FieldRef.FieldPath: var path } => Field(rollout, path, strict),
        _ => argument.Value ?? "",
    };

    private static string Field(Rollout rollout, string path, bool strict)
    {
        if (path.StartsWith("metadata", StringComparison.Ordinal))
        {
            return MetadataField.Read(rollout.Metadata, path);
        }
        try
        {
            return ObjectField.Read(rollout, path);
        }
        catch (AnalysisException) when (!strict)
        {
            return "";
        }
    }
}
