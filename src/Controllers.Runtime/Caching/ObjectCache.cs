using k8s;
using k8s.Models;

namespace Controllers.Runtime.Caching;

/// <summary>
/// Objects by name, with indexes by namespace and by controller (client-go's <c>Indexer</c>).
/// One writer (the informer), many readers.
/// </summary>
public sealed class ObjectCache<T> : ILister<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NamespacedName, T> _objects = [];
    private readonly Dictionary<string, HashSet<NamespacedName>> _byNamespace = [];
    private readonly Dictionary<string, HashSet<NamespacedName>> _byController = [];

    public T? Find(NamespacedName name)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(name);
        }
    }

    public IReadOnlyList<T> List(string? @namespace = null)
    {
        lock (_lock)
        {
            return @namespace is null ? [.. _objects.Values] : Named(_byNamespace, @namespace);
        }
    }

    public IReadOnlyList<T> ControlledBy(string ownerUid)
    {
        lock (_lock)
        {
            return Named(_byController, ownerUid);
        }
    }

    /// <summary>Stores the object and returns the one it replaces.</summary>
    public T? Set(T @object)
    {
        var name = NamespacedName.Of(@object);
        lock (_lock)
        {
            var previous = Unindex(name);
            _objects[name] = @object;
            Index(_byNamespace, name.Namespace, name);
            if (@object.Metadata.ControllerUid() is { } owner)
            {
                Index(_byController, owner, name);
            }

            return previous;
        }
    }

    public T? Remove(NamespacedName name)
    {
        lock (_lock)
        {
            return Unindex(name);
        }
    }

    private T? Unindex(NamespacedName name)
    {
        if (!_objects.Remove(name, out var @object))
        {
            return null;
        }

        Unindex(_byNamespace, name.Namespace, name);
        if (@object.Metadata.ControllerUid() is { } owner)
        {
            Unindex(_byController, owner, name);
        }

        return @object;
    }

    private List<T> Named(Dictionary<string, HashSet<NamespacedName>> index, string key)
        => index.TryGetValue(key, out var names) ? [.. names.Select(name => _objects[name])] : [];

    private static void Index(Dictionary<string, HashSet<NamespacedName>> index, string key, NamespacedName name)
    {
        if (!index.TryGetValue(key, out var names))
        {
            index[key] = names = [];
        }

        names.Add(name);
    }

    private static void Unindex(Dictionary<string, HashSet<NamespacedName>> index, string key, NamespacedName name)
    {
        if (index.TryGetValue(key, out var names) && names.Remove(name) && names.Count == 0)
        {
            index.Remove(key);
        }
    }
}
