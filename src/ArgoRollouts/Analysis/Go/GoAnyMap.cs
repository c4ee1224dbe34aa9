namespace ArgoRollouts.Analysis.Go;

/// <summary>A map[interface {}]…: keys of different types are different, nil is a key like any other. Keeps the order of insertion.</summary>
public sealed class GoAnyMap(GoType type)
{
    private readonly List<KeyValuePair<object?, object?>> entries = [];

    public GoType Type { get; } = type;

    public IReadOnlyList<KeyValuePair<object?, object?>> Entries => entries;

    public bool TryGet(object? key, out object? value)
    {
        var index = Find(key);
        value = index < 0 ? null : entries[index].Value;
        return index >= 0;
    }

    public void Set(object? key, object? value)
    {
        var index = Find(key);
        if (index < 0)
        {
            entries.Add(new(key, value));
        }
        else
        {
            entries[index] = new(key, value);
        }
    }

    private int Find(object? key)
    {
        if (GoType.Of(key) is { Kind: GoKind.Slice or GoKind.Map or GoKind.Func } type)
        {
            throw new GoPanicException($"runtime error: hash of unhashable type {type.Name}");
        }
        return entries.FindIndex(entry => GoEquality.DeepEqual(entry.Key, key));
    }
}
