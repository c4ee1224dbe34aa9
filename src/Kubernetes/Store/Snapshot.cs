using System.Collections.Immutable;

namespace Kubernetes.Store;

/// <summary>All objects of one resource as they were at one revision of the store. Reading it takes no lock.</summary>
public sealed class Snapshot
{
    private readonly ImmutableSortedSet<StoredObject> objects;

    internal Snapshot(long revision, ImmutableSortedSet<StoredObject> objects)
    {
        Revision = revision;
        this.objects = objects;
    }

    public long Revision { get; }

    /// <summary>
    /// Objects in key order, of one namespace or (null) of all, those after <paramref name="after"/> when it is given.
    /// </summary>
    public IEnumerable<StoredObject> Objects(string? @namespace = null, ObjectKey? after = null)
    {
        if (@namespace is null && after is null)
        {
            foreach (var item in objects)
            {
                yield return item;
            }
            yield break;
        }
        var start = after is { } key ? IndexAfter(key) : IndexAfter(new ObjectKey("", @namespace!, ""));
        for (var i = start; i < objects.Count; i++)
        {
            var item = objects[i];
            if (@namespace is not null && item.Key.Namespace != @namespace)
            {
                yield break;
            }
            yield return item;
        }
    }

    private int IndexAfter(ObjectKey key)
    {
        var index = objects.IndexOf(new StoredObject(key));
        return index >= 0 ? index + 1 : ~index;
    }
}
