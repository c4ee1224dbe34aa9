namespace Kubernetes.Store;

/// <summary>Names one object: its resource ("apps/deployments"), its namespace ("" when cluster-scoped) and its name.</summary>
public readonly record struct ObjectKey(string Resource, string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? $"{Resource}/{Name}" : $"{Resource}/{Namespace}/{Name}";
}
