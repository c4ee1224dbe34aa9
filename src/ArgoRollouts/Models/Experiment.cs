using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>argoproj.io/v1alpha1 Experiment.</summary>
public sealed class Experiment : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "argoproj.io/v1alpha1";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "Experiment";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [JsonPropertyName("spec")]
    public ExperimentSpec Spec { get; set; } = new();

    [JsonPropertyName("status")]
    public ExperimentStatus Status { get; set; } = new();
}
