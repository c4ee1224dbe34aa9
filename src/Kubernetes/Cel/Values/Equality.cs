namespace Kubernetes.Cel.Values;

/// <summary>Equality and order over all types: numbers compare by value whatever their type (CEL specification, "Equality", "Ordering").</summary>
public static class Equality
{
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (ICelMap a, ICelMap b) => a.Count == b.Count && a.Keys.All(key => b.TryGet(key, out var other) && a.TryGet(key, out var own) && AreEqual(own, other)),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        (CelOptional a, CelOptional b) => a.HasValue == b.HasValue && (!a.HasValue || AreEqual(a.Content, b.Content)),
        _ when IsNumber(left) && IsNumber(right) => Numbers(left, right) == 0,
        _ => left.Equals(right),
    };

    /// <returns>Below, at or above 0; null where one is not a number.</returns>
    /// <exception cref="CelException">The types have no order.</exception>
    public static int? Compare(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
        _ when IsNumber(left) && IsNumber(right) => Numbers(left!, right!),
        _ => throw CelException.NoOverload(),
    };

    private static bool IsNumber(object? value) => value is long or ulong or double;

    private static int? Numbers(object left, object right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (ulong a, ulong b) => a.CompareTo(b),
        (long a, ulong b) => a < 0 ? -1 : ((ulong)a).CompareTo(b),
        (ulong a, long b) => b < 0 ? 1 : a.CompareTo((ulong)b),
        _ when Convert.ToDouble(left) is var a && Convert.ToDouble(right) is var b => double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b),
        _ => null,
    };
}
