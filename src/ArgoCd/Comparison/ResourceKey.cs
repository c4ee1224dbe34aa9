using Controllers.Runtime.Client;

namespace ArgoCd.Comparison;

/// <summary>One resource of a cluster, whatever its version (<c>kube.ResourceKey</c>). The namespace is empty for cluster-scoped ones.</summary>
internal readonly record struct ResourceKey(string Group, string Kind, string Namespace, string Name)
{
    public static ResourceKey Of(Unstructured @object)
        => new(@object.Group, @object.Kind, @object.Metadata.NamespaceProperty ?? "", @object.Metadata.Name ?? "");

    /// <summary><c>group/kind/namespace/name</c>, as upstream's messages have it.</summary>
    public override string ToString() => $"{Group}/{Kind}/{Namespace}/{Name}";
}
