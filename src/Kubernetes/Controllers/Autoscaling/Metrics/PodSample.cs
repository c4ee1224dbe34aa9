using k8s.Models;

namespace Kubernetes.Controllers.Autoscaling.Metrics;

/// <summary>A pod's usage.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Milli">Thousandths of the metric's unit; null: not known.</param>
/// <param name="Weight">Thousandths that it requests where the target is a share of requests, else 1.</param>
internal sealed record PodSample(V1Pod Pod, long? Milli, long Weight);
