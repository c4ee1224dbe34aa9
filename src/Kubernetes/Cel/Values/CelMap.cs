namespace Kubernetes.Cel.Values;

/// <summary>A map that an expression made.</summary>
public sealed class CelMap : ICelMap
{
    private readonly Dictionary<object, object?> entries = new(KeyComparer.Instance);

    public IEnumerable<object> Keys => entries.Keys;

    public int Count => entries.Count;

    /// <exception cref="CelException">The key is there already, or is of no type for keys.</exception>
    public void Add(object? key, object? value)
    {
        if (key is not (long or ulong or string or bool))
        {
            throw new CelException("unsupported key type");
        }
        if (!entries.TryAdd(key, value))
        {
            throw new CelException($"insert failed: key {key} already exists");
        }
    }

    public bool TryGet(object key, out object? value) => entries.TryGetValue(key, out value);

    /// <summary>1, 1u and 1.0 are one key.</summary>
    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public static readonly KeyComparer Instance = new();

        bool IEqualityComparer<object>.Equals(object? left, object? right) => Equality.AreEqual(left, right);

        public int GetHashCode(object key) => key is long or ulong or double ? Convert.ToDouble(key).GetHashCode() : key.GetHashCode();
    }
}
