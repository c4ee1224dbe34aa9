using k8s;
using k8s.Models;

namespace Controllers.Runtime.Caching;

/// <summary>Reads the cache of an <see cref="Informer{T}"/>. What it returns is shared: never change it.</summary>
public interface ILister<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>The object, or null when the cache has none.</summary>
    T? Find(NamespacedName name);

    /// <summary>All objects of a namespace; of all namespaces when it is null.</summary>
    IReadOnlyList<T> List(string? @namespace = null);

    /// <summary>Objects whose controller reference has this uid.</summary>
    IReadOnlyList<T> ControlledBy(string ownerUid);
}
