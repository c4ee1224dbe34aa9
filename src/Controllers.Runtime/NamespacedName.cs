using k8s;
using k8s.Models;

namespace Controllers.Runtime;

/// <summary>The key of an object within its resource; the namespace is empty for cluster-scoped ones.</summary>
public readonly record struct NamespacedName(string Namespace, string Name)
{
    public static NamespacedName Of(IMetadata<V1ObjectMeta> @object) => new(@object.Metadata.NamespaceProperty ?? "", @object.Metadata.Name);

    /// <summary><c>namespace/name</c>, or <c>name</c>.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
