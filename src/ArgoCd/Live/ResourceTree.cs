using ArgoCd.Comparison;
using Controllers.Runtime.Client;

namespace ArgoCd.Live;

/// <summary>Owners and children among the live objects, by owner references.</summary>
internal sealed class ResourceTree
{
    private readonly Dictionary<string, Unstructured> _byUid = [];
    private readonly ILookup<string, Unstructured> _children;

    public ResourceTree(IEnumerable<Unstructured> objects)
    {
        var all = objects.ToList();
        foreach (var @object in all)
        {
            if (@object.Metadata.Uid is { Length: > 0 } uid)
            {
                _byUid[uid] = @object;
            }
        }

        _children = all
            .SelectMany(child => (child.Metadata.OwnerReferences ?? []).Select(owner => (owner.Uid, Child: child)))
            .ToLookup(pair => pair.Uid, pair => pair.Child);
    }

    /// <summary>The object and everything below it, parents first.</summary>
    public IEnumerable<Unstructured> Descendants(Unstructured root)
    {
        var seen = new HashSet<ResourceKey>();
        var pending = new Queue<Unstructured>([root]);
        while (pending.TryDequeue(out var next))
        {
            if (!seen.Add(ResourceKey.Of(next)))
            {
                continue;
            }

            yield return next;
            foreach (var child in _children[next.Metadata.Uid ?? ""])
            {
                pending.Enqueue(child);
            }
        }
    }

    /// <summary>The application whose resource an object is or descends from; null when there is none.</summary>
    public static string? ApplicationOf(Unstructured @object, Func<ResourceKey, Unstructured?> find)
    {
        for (var depth = 0; depth < 10; depth++)
        {
            if (TrackingId.Of(@object) is { } id && id.IsSelfReferenced(ResourceKey.Of(@object)))
            {
                return id.Application;
            }

            if ((@object.Metadata.OwnerReferences ?? []).FirstOrDefault() is not { } owner)
            {
                return null;
            }

            var group = owner.ApiVersion.Contains('/', StringComparison.Ordinal) ? owner.ApiVersion[..owner.ApiVersion.IndexOf('/', StringComparison.Ordinal)] : "";
            var parent = find(new ResourceKey(group, owner.Kind, @object.Metadata.NamespaceProperty ?? "", owner.Name))
                ?? find(new ResourceKey(group, owner.Kind, "", owner.Name));
            if (parent is null)
            {
                return null;
            }

            @object = parent;
        }

        return null;
    }
}
