using System.Globalization;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Registry;

/// <summary>The parts of metadata that the server owns.</summary>
internal static class Metadata
{
    private static readonly string[] OwnedByServer = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"];

    private static readonly string[] OmittedWhenEmpty = ["labels", "annotations", "finalizers", "ownerReferences", "managedFields", "generateName", "namespace", "selfLink"];

    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static void DropServerOwned(JsonObject metadata)
    {
        foreach (var field in OwnedByServer)
        {
            metadata.Remove(field);
        }
    }

    public static void KeepServerOwned(JsonObject metadata, JsonObject old)
    {
        foreach (var field in OwnedByServer)
        {
            metadata.CopyMember(field, old);
        }
    }

    /// <summary>Removes nulls and what upstream's ObjectMeta omits when empty.</summary>
    public static void Normalize(JsonObject metadata)
    {
        foreach (var (name, value) in metadata.ToArray())
        {
            var empty = value switch
            {
                null => true,
                JsonObject map => map.Count == 0 && OmittedWhenEmpty.Contains(name),
                JsonArray list => list.Count == 0 && OmittedWhenEmpty.Contains(name),
                JsonValue scalar => OmittedWhenEmpty.Contains(name) && scalar.Text() is "",
                _ => false,
            };
            if (empty)
            {
                metadata.Remove(name);
            }
        }
    }

    public static bool IsDeleting(this JsonObject document) => document.Text("metadata", "deletionTimestamp") is not null;

    public static bool HasFinalizers(this JsonObject document) => document.Array("metadata", "finalizers") is { Count: > 0 };

    public static JsonObject Tree(byte[] value) => (JsonObject)JsonBody.Parse(value).Root!;
}
