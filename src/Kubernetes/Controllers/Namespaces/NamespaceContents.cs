using Controllers.Runtime.Client;

namespace Kubernetes.Controllers.Namespaces;

/// <summary>What is left in a namespace after everything in it was asked to go.</summary>
/// <param name="Remaining">Objects by resource, as <c>pods.</c> or <c>rollouts.argoproj.io</c>.</param>
/// <param name="FinalizersRemaining">Objects by finalizer.</param>
/// <param name="Failures">Resources whose objects could not be listed or deleted, with the reason.</param>
/// <param name="DiscoveryFailure">Why the server could not be asked what it serves, or null.</param>
internal sealed record NamespaceContents(
    IReadOnlyDictionary<string, int> Remaining,
    IReadOnlyDictionary<string, int> FinalizersRemaining,
    IReadOnlyList<string> Failures,
    string? DiscoveryFailure = null)
{
    public bool IsEmpty => Remaining.Count == 0 && Failures.Count == 0 && DiscoveryFailure is null;

    // upstream writes the core group's resources with a trailing dot
    public static string NameOf<T>(Resource<T> resource)
        where T : class, k8s.IKubernetesObject<k8s.Models.V1ObjectMeta>
        => $"{resource.Plural}.{resource.Group}";
}
