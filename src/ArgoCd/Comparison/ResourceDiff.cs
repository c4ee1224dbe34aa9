using System.Text.Json.Nodes;
using ArgoCd.Applications;
using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Comparison;

/// <summary>Whether applying the desired object would change the live one, and the two sides that were compared.</summary>
internal sealed record DiffResult(bool Modified, JsonObject? NormalizedLive, JsonObject? PredictedLive);

/// <summary>
/// Compares one desired object with its live counterpart (<c>gitops-engine/pkg/diff</c>): the live object against what it would be after
/// <c>kubectl apply</c>, fields that are to be ignored taken out of both.
/// </summary>
internal static class ResourceDiff
{
    public static DiffResult Of(Unstructured? desired, Unstructured? live, IReadOnlyList<IgnoreDifference> ignored)
    {
        if (desired is null || live is null)
        {
            return new DiffResult(desired is not null || live is not null, live?.Json, desired?.Json);
        }

        var paths = IgnoredFields.For(desired, ignored);
        var actual = Prepare(live.Json, paths);
        var wanted = Prepare(desired.Json, paths);
        wanted.Remove("metadata", "namespace"); // a manifest may leave it open
        wanted.Remove("status"); // written by the resource's controller
        var before = LastApplied.Of(live.Json) is { } applied ? Prepare(applied, paths) : null;
        before?.Remove("metadata", "namespace");
        before?.Remove("status");
        var predicted = ThreeWayMerge.Predict(before, wanted, actual, PatchMeta.IsBuiltIn(desired.Group));
        Drop(paths, predicted);
        return new DiffResult(!Values.Same(Comparable(actual), Comparable(predicted)), actual, predicted);
    }

    private static JsonObject Prepare(JsonObject @object, IReadOnlyList<JsonPathTokens> ignored)
    {
        var prepared = ManifestNormalizer.Normalize(LastApplied.Without(@object));
        prepared.Remove("metadata", "managedFields");
        Drop(ignored, prepared);
        return prepared;
    }

    private static void Drop(IReadOnlyList<JsonPathTokens> ignored, JsonObject @object)
    {
        foreach (var path in ignored)
        {
            path.RemoveFrom(@object);
        }
    }

    // the API version may differ when the cluster prefers another one
    private static JsonObject Comparable(JsonObject @object)
    {
        var copy = (JsonObject)@object.DeepClone();
        copy.Remove("apiVersion");
        if (copy.Object("metadata", "annotations") is { Count: 0 })
        {
            copy.Remove("metadata", "annotations");
        }

        if (copy.Object("metadata", "labels") is { Count: 0 })
        {
            copy.Remove("metadata", "labels");
        }

        return copy;
    }
}
