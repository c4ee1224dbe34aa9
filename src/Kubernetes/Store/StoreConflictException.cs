namespace Kubernetes.Store;

/// <summary>The object is not at the revision that the writer expected (0 in either place: absent).</summary>
public sealed class StoreConflictException(ObjectKey key, long expected, long actual)
    : Exception($"{key}: expected revision {expected}, found {actual}")
{
    public ObjectKey Key { get; } = key;

    public long Expected { get; } = expected;

    public long Actual { get; } = actual;
}
