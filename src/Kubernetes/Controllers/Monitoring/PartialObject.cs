using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.Monitoring;

/// <summary>Any object, of which only the metadata is read (upstream's <c>metav1.PartialObjectMetadata</c>).</summary>
internal sealed class PartialObject : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();
}
