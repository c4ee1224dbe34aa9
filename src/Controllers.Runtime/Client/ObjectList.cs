using System.Text.Json.Serialization;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>A list of any kind, as the server writes it.</summary>
internal sealed class ObjectList<T>
{
    [JsonPropertyName("metadata")]
    public V1ListMeta Metadata { get; set; } = new();

    [JsonPropertyName("items")]
    public List<T> Items { get; set; } = [];
}
