namespace Kubernetes.Node.Environment;

/// <summary>A ConfigMap or a Secret that containers use.</summary>
internal readonly record struct WatchedObject(bool IsSecret, string Namespace, string Name);
