namespace Kubernetes.Store;

/// <summary>The revision asked for is older than the history that is kept; the reader has to list anew.</summary>
public sealed class RevisionCompactedException(long requested, long oldest)
    : Exception($"too old resource version: {requested} ({oldest})")
{
    public long Requested { get; } = requested;

    public long Oldest { get; } = oldest;
}
