using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>argoproj.io/v1alpha1 AnalysisRun: one execution of an analysis.</summary>
public sealed class AnalysisRun : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "argoproj.io/v1alpha1";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "AnalysisRun";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [JsonPropertyName("spec")]
    public AnalysisRunSpec Spec { get; set; } = new();

    [JsonPropertyName("status")]
    public AnalysisRunStatus Status { get; set; } = new();
}
