using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>
/// An object of any kind, kept as the JSON it arrived in (client-go's <c>unstructured.Unstructured</c>).
/// <see cref="Metadata"/> is a reading of that JSON, without managedFields: to change an object, change <see cref="Json"/> of a <see cref="Clone"/>.
/// </summary>
[JsonConverter(typeof(UnstructuredJsonConverter))]
public sealed class Unstructured(JsonObject json) : IKubernetesObject<V1ObjectMeta>
{
    private V1ObjectMeta? _metadata;

    public JsonObject Json { get; } = json;

    public string ApiVersion
    {
        get => Text("apiVersion");
        set => Json["apiVersion"] = value;
    }

    public string Kind
    {
        get => Text("kind");
        set => Json["kind"] = value;
    }

    public V1ObjectMeta Metadata
    {
        get => _metadata ??= Json["metadata"] is JsonObject metadata ? ObjectJson.Read<V1ObjectMeta>(metadata) : new V1ObjectMeta();
        set
        {
            var managedFields = Json["metadata"]?["managedFields"]?.DeepClone();
            Json["metadata"] = JsonNode.Parse(KubernetesJson.Serialize(value));
            if (managedFields is not null && value.ManagedFields is null)
            {
                Json["metadata"]!["managedFields"] = managedFields;
            }

            _metadata = null;
        }
    }

    /// <summary>The group of <see cref="ApiVersion"/>; empty for the core group.</summary>
    public string Group => ApiVersion.IndexOf('/') is var slash and >= 0 ? ApiVersion[..slash] : "";

    /// <summary>The version of <see cref="ApiVersion"/>, without its group.</summary>
    public string Version => ApiVersion[(ApiVersion.IndexOf('/') + 1)..];

    public Unstructured Clone() => new((JsonObject)Json.DeepClone());

    public override string ToString() => $"{ApiVersion}/{Kind} {Metadata.NamespaceProperty}/{Metadata.Name}";

    private string Text(string field) => Json[field] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}

internal sealed class UnstructuredJsonConverter : JsonConverter<Unstructured>
{
    public override Unstructured Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new((JsonObject)JsonNode.Parse(ref reader)!);

    public override void Write(Utf8JsonWriter writer, Unstructured value, JsonSerializerOptions options)
        => value.Json.WriteTo(writer);
}
