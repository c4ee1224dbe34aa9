using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Comparison;

/// <summary>The annotation in which <c>kubectl apply</c> remembers what it applied.</summary>
internal static class LastApplied
{
    public const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What was applied last, or null when the annotation is missing or cannot be read.</summary>
    public static JsonObject? Of(JsonObject live)
    {
        try
        {
            return live.Annotation(Annotation) is { } text ? JsonNode.Parse(text) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The manifest with the annotation that describes it.</summary>
    public static JsonObject Annotate(JsonObject manifest)
    {
        var bare = Without(manifest);
        var annotated = (JsonObject)bare.DeepClone();
        bare.Ensure("metadata", "annotations"); // kubectl writes an empty map too
        annotated.Ensure("metadata", "annotations")[Annotation] = Sorted(bare).ToJsonString(Written) + "\n";
        return annotated;
    }

    /// <summary>A copy without the annotation.</summary>
    public static JsonObject Without(JsonObject @object)
    {
        var copy = (JsonObject)@object.DeepClone();
        copy.Remove("metadata", "annotations", Annotation);
        return copy;
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, field.Value is null ? null : Sorted(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };
}
