using System.Collections.Immutable;

namespace Kubernetes.Api.Resources;

/// <summary>All served resources. Readers see one immutable table; registering a custom resource swaps it.</summary>
internal sealed class ResourceRegistry
{
    private readonly Lock gate = new();
    private volatile Table current;

    public ResourceRegistry(IEnumerable<ResourceInfo> builtIn) => current = new Table([.. builtIn], 1);

    /// <summary>Grows with every change; caches of derived documents are keyed by it.</summary>
    public long Generation => current.Generation;

    public ImmutableArray<ResourceInfo> All => current.Resources;

    public ResourceInfo? Find(string group, string version, string plural) =>
        current.ByAddress.TryGetValue((group, version, plural), out var found) ? found : null;

    public ResourceInfo? FindKind(string group, string version, string kind) =>
        current.Resources.FirstOrDefault(resource => resource.Group == group && resource.Version == version && resource.Kind == kind);

    public bool HasGroupVersion(string group, string version) =>
        current.Resources.Any(resource => resource.Group == group && resource.Version == version);

    /// <summary>Replaces what one custom resource definition serves; empty when it is gone.</summary>
    public void Replace(string group, string plural, IReadOnlyList<ResourceInfo> versions)
    {
        lock (gate)
        {
            var kept = current.Resources.RemoveAll(resource => resource.Custom is not null && resource.Group == group && resource.Plural == plural);
            current = new Table(kept.AddRange(versions), current.Generation + 1);
        }
    }

    private sealed class Table(ImmutableArray<ResourceInfo> resources, long generation)
    {
        public ImmutableArray<ResourceInfo> Resources { get; } = resources;

        public long Generation { get; } = generation;

        public Dictionary<(string, string, string), ResourceInfo> ByAddress { get; } =
            resources.ToDictionary(resource => (resource.Group, resource.Version, resource.Plural));
    }
}
