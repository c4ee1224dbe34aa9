namespace Kubernetes.Store;

/// <summary>
/// Keys to JSON documents under one revision counter, as etcd is to kube-apiserver: optimistic concurrency, a window of
/// history, lists at a revision, and watches that follow a list without gap or repetition. Knows nothing of HTTP or schemas.
/// Thread-safe; everything is in memory.
/// </summary>
/// <param name="historyLength">How many changes per resource can still be read or watched from.</param>
/// <param name="watchCapacity">How many undelivered changes a watcher may have before it is ended.</param>
public sealed class ObjectStore(int historyLength = 4096, int watchCapacity = 8192)
{
    // etcd's first revision is 1; clients refuse resourceVersion "0"
    private const long FirstRevision = 1;

    private readonly Lock gate = new();
    private readonly Dictionary<string, ResourceLog> resources = [];
    private long revision = FirstRevision;

    public long Revision
    {
        get
        {
            lock (gate)
            {
                return revision;
            }
        }
    }

    public StoredObject? Find(ObjectKey key)
    {
        lock (gate)
        {
            return resources.TryGetValue(key.Resource, out var log) ? log.Find(key) : null;
        }
    }

    /// <summary>All objects of a resource, now or at an earlier revision.</summary>
    /// <exception cref="RevisionCompactedException">The revision has left the history window.</exception>
    public Snapshot List(string resource, long? at = null)
    {
        lock (gate)
        {
            var log = LogOf(resource);
            return at is { } wanted && wanted < revision ? log.At(wanted) : new Snapshot(revision, log.Objects);
        }
    }

    /// <exception cref="StoreConflictException">The key exists.</exception>
    public StoredObject Create(ObjectKey key, Document document)
    {
        lock (gate)
        {
            var log = LogOf(key.Resource);
            if (log.Find(key) is { } existing)
            {
                throw new StoreConflictException(key, 0, existing.Revision);
            }
            var created = new StoredObject(key, document, ++revision);
            log.Record(new StoreEvent(StoreEventType.Created, revision, created, null));
            return created;
        }
    }

    /// <summary>Replaces the content; equal content is no write: no revision, no event, the existing version is returned.</summary>
    /// <exception cref="StoreConflictException">The object is gone or at another revision.</exception>
    public StoredObject Update(ObjectKey key, Document document, long expectedRevision)
    {
        lock (gate)
        {
            var log = LogOf(key.Resource);
            var existing = Expect(log, key, expectedRevision);
            if (existing.HasSameContent(document))
            {
                return existing;
            }
            var updated = new StoredObject(key, document, ++revision);
            log.Record(new StoreEvent(StoreEventType.Updated, revision, updated, existing));
            return updated;
        }
    }

    /// <returns>The last content, carrying the revision of the deletion.</returns>
    /// <param name="key">What to delete.</param>
    /// <param name="expectedRevision">The revision it must have.</param>
    /// <param name="last">The last content when it differs from the stored one (a final update that also deletes).</param>
    /// <exception cref="StoreConflictException">The object is gone or at another revision.</exception>
    public StoredObject Delete(ObjectKey key, long expectedRevision, Document? last = null)
    {
        lock (gate)
        {
            var log = LogOf(key.Resource);
            var existing = Expect(log, key, expectedRevision);
            revision++;
            var deleted = last is { } document ? new StoredObject(key, document, revision) : existing.DeletedAt(revision);
            log.Record(new StoreEvent(StoreEventType.Deleted, revision, deleted, existing));
            return deleted;
        }
    }

    /// <summary>The revision of the latest change to any of some resources; 0 when there was none.</summary>
    public long LastChange(params ReadOnlySpan<string> names)
    {
        lock (gate)
        {
            long last = 0;
            foreach (var name in names)
            {
                last = Math.Max(last, LogOf(name).LastChange);
            }
            return last;
        }
    }

    /// <summary>Every change of a resource after a revision.</summary>
    /// <exception cref="RevisionCompactedException">The revision has left the history window.</exception>
    public WatchWindow Watch(string resource, long after)
    {
        lock (gate)
        {
            return LogOf(resource).Watch(after, watchCapacity);
        }
    }

    /// <summary>The objects now, and every change from now on.</summary>
    public (Snapshot Initial, WatchWindow Changes) ListAndWatch(string resource)
    {
        lock (gate)
        {
            var log = LogOf(resource);
            return (new Snapshot(revision, log.Objects), log.Watch(revision, watchCapacity));
        }
    }

    /// <summary>Ends all watches of a resource (it is no longer served).</summary>
    public void EndWatches(string resource)
    {
        lock (gate)
        {
            LogOf(resource).EndAll();
        }
    }

    private static StoredObject Expect(ResourceLog log, ObjectKey key, long expectedRevision)
    {
        var existing = log.Find(key);
        return existing is not null && existing.Revision == expectedRevision
            ? existing
            : throw new StoreConflictException(key, expectedRevision, existing?.Revision ?? 0);
    }

    private ResourceLog LogOf(string resource)
    {
        if (!resources.TryGetValue(resource, out var log))
        {
            log = new ResourceLog(gate, () => revision, historyLength);
            resources.Add(resource, log);
        }
        return log;
    }
}
