using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>argoproj.io/v1alpha1 ClusterAnalysisTemplate, without a namespace.</summary>
public sealed class ClusterAnalysisTemplate : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "argoproj.io/v1alpha1";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "ClusterAnalysisTemplate";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [JsonPropertyName("spec")]
    public AnalysisTemplateSpec Spec { get; set; } = new();
}
