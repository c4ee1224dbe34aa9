namespace Kubernetes.Store;

public enum StoreEventType
{
    Created,
    Updated,
    Deleted,

    /// <summary>No change: everything up to the event's revision has been delivered.</summary>
    Progress,
}

/// <summary>
/// One change. <paramref name="Object"/> is the new content (of a deletion: the last content, carrying the deletion's revision);
/// <paramref name="Previous"/> what it replaced. Both are null for <see cref="StoreEventType.Progress"/>.
/// </summary>
public sealed record StoreEvent(StoreEventType Type, long Revision, StoredObject? Object, StoredObject? Previous);
