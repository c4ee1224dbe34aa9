using System.Diagnostics.CodeAnalysis;

namespace Controllers.Runtime.Events;

/// <summary>Keeps what was used last; what was not used longest goes when there is too much. For one thread at a time.</summary>
internal sealed class LruCache<TKey, TValue>(int entriesMax)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _used = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            value = default;
            return false;
        }

        _used.Remove(node);
        _used.AddFirst(node);
        value = node.Value.Value;
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        if (_nodes.Remove(key, out var old))
        {
            _used.Remove(old);
        }

        _nodes[key] = _used.AddFirst((key, value));
        if (_nodes.Count > entriesMax)
        {
            _nodes.Remove(_used.Last!.Value.Key);
            _used.RemoveLast();
        }
    }
}
