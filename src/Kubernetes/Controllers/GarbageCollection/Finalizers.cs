namespace Kubernetes.Controllers.GarbageCollection;

/// <summary>The finalizers by which an API server asks the collector for a kind of deletion (<c>metav1</c>).</summary>
internal static class Finalizers
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";
}
