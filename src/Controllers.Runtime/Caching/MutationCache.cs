using System.Collections.Concurrent;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;

namespace Controllers.Runtime.Caching;

/// <summary>
/// Objects as this controller last wrote them, until its informer has caught up: from an older state it would act on its own past, and do again what it
/// has done (client-go's <c>MutationCache</c>; Argo's <c>writeBackToInformer</c>).
/// </summary>
public sealed class MutationCache<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly ConcurrentDictionary<NamespacedName, T> _written = new();

    /// <summary>Remembers the answer to a write.</summary>
    public void Remember(T written)
        => _written.AddOrUpdate(NamespacedName.Of(written), written, (_, known) => written.IsOlderThan(known) ? known : written);

    /// <summary>The object is gone.</summary>
    public void Forget(NamespacedName name) => _written.TryRemove(name, out _);

    /// <summary>The later of what the informer shows and what was written; null when the informer shows nothing.</summary>
    public T? Newest(NamespacedName name, T? cached)
    {
        if (!_written.TryGetValue(name, out var written))
        {
            return cached;
        }

        if (cached is not null && cached.IsOlderThan(written))
        {
            return written;
        }

        _written.TryRemove(KeyValuePair.Create(name, written));
        return cached;
    }
}
