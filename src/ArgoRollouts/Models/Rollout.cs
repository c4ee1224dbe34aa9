using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>argoproj.io/v1alpha1 Rollout.</summary>
public sealed class Rollout : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "argoproj.io/v1alpha1";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "Rollout";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [JsonPropertyName("spec")]
    public RolloutSpec Spec { get; set; } = new();

    [JsonPropertyName("status")]
    public RolloutStatus Status { get; set; } = new();
}
