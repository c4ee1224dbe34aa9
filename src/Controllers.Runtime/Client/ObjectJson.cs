using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>
/// How objects are read from JSON: as the official client does, but a typed object's <c>metadata.managedFields</c> are passed over. They are often the larger
/// half of an object, no controller looks at them, and a server keeps its own where an update has none (the transform of the informers in
/// kubernetes, <c>cmd/kube-controller-manager/app/controllermanager.go</c>).
/// </summary>
internal static class ObjectJson
{
    private static readonly JsonSerializerOptions Options = WithoutManagedFields();

    /// <exception cref="JsonException">It is no JSON, or not what the type has there.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize<T>(utf8, Options)!;

    /// <summary>Reads the value that the reader stands on.</summary>
    /// <exception cref="JsonException">It is no JSON, or not what the type has there.</exception>
    public static T Read<T>(ref Utf8JsonReader reader) => JsonSerializer.Deserialize<T>(ref reader, Options)!;

    /// <exception cref="JsonException">It is not what the type has there.</exception>
    public static T Read<T>(System.Text.Json.Nodes.JsonNode node) => node.Deserialize<T>(Options)!;

    private static JsonSerializerOptions WithoutManagedFields()
    {
        JsonSerializerOptions? options = null;
        KubernetesJson.AddJsonOptions(official => options = new JsonSerializerOptions(official)); // the only way to them; they stay as they are
        options!.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(type =>
        {
            if (type.Type == typeof(V1ObjectMeta))
            {
                type.Properties.Remove(type.Properties.Single(property => property.Name == "managedFields"));
            }
        });
        return options;
    }
}
