using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>
/// The annotation of client-side apply on objects that kubectl applies server-side (apimachinery managedfields/internal
/// lastappliedmanager.go, lastappliedupdater.go): it lets kubectl take over what it applied before, and is kept in step for those that go on
/// reading it. For the manager kubectl alone.
/// </summary>
internal static class LastApplied
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
    private const string Manager = "kubectl";

    // as of all annotations together
    private const int BytesMax = 256 * 1024;

    /// <summary>Fields that still have the value which kubectl applied client-side: no conflicts for it.</summary>
    public static FieldSet? Unchanged(JsonObject live, string manager, Schema? schema)
    {
        if (manager != Manager || live.Text("metadata", "annotations", Annotation) is not { } text || Parse(text) is not { } applied)
        {
            return null;
        }
        var then = FieldSetOf.Object(applied, schema);
        return then.Except(then.ChangedSince(FieldSetOf.Object(live, schema)));
    }

    /// <summary>Writes the applied configuration into the annotation, if the object has it.</summary>
    public static void Update(JsonObject merged, JsonObject applied, string manager)
    {
        if (manager != Manager || merged.Object("metadata", "annotations") is not { } annotations || !annotations.ContainsKey(Annotation))
        {
            return;
        }
        var configuration = (JsonObject)applied.DeepClone();
        var metadata = configuration.Sub("metadata");
        metadata.Remove("managedFields");
        if (metadata.Object("annotations") is { } own)
        {
            own.Remove(Annotation);
        }
        var text = Encoding.UTF8.GetString(CanonicalJson.WritePlain(configuration)) + "\n";
        if (text.Length <= BytesMax)
        {
            annotations[Annotation] = text;
        }
        else
        {
            annotations.Remove(Annotation);
        }
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonBody.Parse(Encoding.UTF8.GetBytes(text)).Root as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
