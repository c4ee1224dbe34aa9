using k8s.Models;

namespace Kubernetes.Controllers.Autoscaling.Metrics;

/// <summary>What one metric of an autoscaler says.</summary>
/// <param name="Replicas">The size that it asks for.</param>
/// <param name="Name">As upstream names it in conditions and events.</param>
/// <param name="Status">Its current value.</param>
internal sealed record MetricProposal(int Replicas, string Name, V2MetricStatus Status);
