namespace Kubernetes.Controllers.Autoscaling.Metrics;

/// <summary>A metric could not be read, in upstream's words.</summary>
internal sealed class MetricException(string message) : Exception(message);
