using k8s.Models;

namespace Kubernetes.Controllers.GarbageCollection;

/// <summary>Who depends on whom, by uid. Observing a change tells which objects must be looked at again.</summary>
internal sealed class OwnerGraph
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, GraphNode> _nodes = [];
    private readonly Dictionary<string, HashSet<string>> _dependents = [];

    public GraphNode? Find(string uid)
    {
        lock (_lock)
        {
            return _nodes.GetValueOrDefault(uid);
        }
    }

    public IReadOnlyList<GraphNode> DependentsOf(string uid)
    {
        lock (_lock)
        {
            return _dependents.TryGetValue(uid, out var dependents) ? [.. dependents.Select(dependent => _nodes[dependent])] : [];
        }
    }

    /// <summary>Takes in a new or changed object; returns the uids to look at.</summary>
    public IReadOnlyList<string> Observe(GraphNode node)
    {
        lock (_lock)
        {
            var before = _nodes.GetValueOrDefault(node.Uid);
            Unlink(before);
            _nodes[node.Uid] = node;
            foreach (var owner in node.Owners)
            {
                Dependents(owner.Uid).Add(node.Uid);
            }

            return [.. ToLookAt(before, node)];
        }
    }

    /// <summary>Takes an object out; returns the uids to look at: its dependents, and owners that waited for it.</summary>
    public IReadOnlyList<string> Remove(string uid)
    {
        lock (_lock)
        {
            if (!_nodes.Remove(uid, out var node))
            {
                return [];
            }

            Unlink(node);
            return
            [
                .. _dependents.TryGetValue(uid, out var dependents) ? dependents : [],
                .. node.Owners.Select(owner => owner.Uid).Where(IsDeletingDependents),
            ];
        }
    }

    private IEnumerable<string> ToLookAt(GraphNode? before, GraphNode node)
    {
        if ((node.IsDeletingDependents && before?.IsDeletingDependents != true) || (node.IsOrphaning && before?.IsOrphaning != true))
        {
            yield return node.Uid;
            if (node.IsDeletingDependents)
            {
                foreach (var dependent in _dependents.GetValueOrDefault(node.Uid) ?? [])
                {
                    yield return dependent;
                }
            }
        }

        var known = before?.Owners.Select(owner => owner.Uid).ToHashSet() ?? [];
        if (node.Owners.Any(owner => !known.Contains(owner.Uid) && IsDoubtful(node, owner)))
        {
            yield return node.Uid;
        }

        // no longer holding an owner back
        foreach (var owner in before?.Owners ?? [])
        {
            if (before!.Blocks(owner.Uid) && !node.Blocks(owner.Uid) && IsDeletingDependents(owner.Uid))
            {
                yield return owner.Uid;
            }
        }
    }

    // an owner that nobody has seen, that is going, or that has another name or namespace than the reference means
    private bool IsDoubtful(GraphNode node, V1OwnerReference reference)
        => !_nodes.TryGetValue(reference.Uid, out var owner)
            || owner.IsDeletingDependents
            || owner.Metadata.Name != reference.Name
            || (!string.IsNullOrEmpty(owner.Metadata.NamespaceProperty) && owner.Metadata.NamespaceProperty != node.Metadata.NamespaceProperty);

    private bool IsDeletingDependents(string uid) => _nodes.TryGetValue(uid, out var node) && node.IsDeletingDependents;

    private HashSet<string> Dependents(string uid)
    {
        if (!_dependents.TryGetValue(uid, out var dependents))
        {
            _dependents[uid] = dependents = [];
        }

        return dependents;
    }

    private void Unlink(GraphNode? node)
    {
        foreach (var owner in node?.Owners ?? [])
        {
            if (_dependents.TryGetValue(owner.Uid, out var dependents) && dependents.Remove(node!.Uid) && dependents.Count == 0)
            {
                _dependents.Remove(owner.Uid);
            }
        }
    }
}
