namespace Kubernetes.Network.Ingress.Metrics;

/// <summary>What ingress-nginx tells of a request in its metrics (<c>internal/ingress/metric/collectors/socket.go</c>).</summary>
internal sealed record RequestLabels(
    string Ingress, string Namespace, string Service, string Canary, string Host, string Path, string Method, string Status);
