using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>A Job whose completion is the measurement.</summary>
public sealed class JobMetric
{
    public V1ObjectMeta? Metadata { get; set; }

    public V1JobSpec Spec { get; set; } = new();
}
