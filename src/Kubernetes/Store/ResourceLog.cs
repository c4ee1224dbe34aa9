using System.Collections.Immutable;

namespace Kubernetes.Store;

/// <summary>
/// One resource: its current objects, its recent changes (each with the state after it) and its watchers.
/// Every member runs under the store's lock.
/// </summary>
internal sealed class ResourceLog(Lock gate, Func<long> currentRevision, int historyLength)
{
    private readonly Queue<(StoreEvent Change, ImmutableSortedSet<StoredObject> After)> history = new();
    private readonly List<WatchWindow> watchers = [];
    private ImmutableSortedSet<StoredObject> beforeHistory = Empty;
    private long compactedThrough;

    private static ImmutableSortedSet<StoredObject> Empty { get; } = ImmutableSortedSet.Create<StoredObject>(StoredObjectOrder.Instance);

    public ImmutableSortedSet<StoredObject> Objects { get; private set; } = Empty;

    public long LastChange { get; private set; }

    public StoredObject? Find(ObjectKey key) =>
        Objects.TryGetValue(new StoredObject(key), out var found) ? found : null;

    public void Record(StoreEvent change)
    {
        var after = change.Type == StoreEventType.Created ? Objects : Objects.Remove(change.Object!);
        Objects = change.Type == StoreEventType.Deleted ? after : after.Add(change.Object!);
        LastChange = change.Revision;
        history.Enqueue((change, Objects));
        if (history.Count > historyLength)
        {
            var (oldest, state) = history.Dequeue();
            compactedThrough = oldest.Revision;
            beforeHistory = state;
        }
        foreach (var watcher in watchers)
        {
            watcher.Deliver(change);
        }
    }

    /// <summary>The objects as they were at <paramref name="revision"/>.</summary>
    public Snapshot At(long revision)
    {
        if (revision < compactedThrough)
        {
            throw new RevisionCompactedException(revision, compactedThrough);
        }
        var state = beforeHistory;
        foreach (var (change, after) in history)
        {
            if (change.Revision > revision)
            {
                break;
            }
            state = after;
        }
        return new Snapshot(revision, state);
    }

    public WatchWindow Watch(long after, int capacity)
    {
        if (after < compactedThrough)
        {
            throw new RevisionCompactedException(after, compactedThrough);
        }
        var past = history.Where(entry => entry.Change.Revision > after).Select(entry => entry.Change).ToArray();
        var window = new WatchWindow(this, past, capacity);
        watchers.Add(window);
        return window;
    }

    public void RequestProgress(WatchWindow window)
    {
        lock (gate)
        {
            window.Deliver(new StoreEvent(StoreEventType.Progress, currentRevision(), null, null));
        }
    }

    public void Remove(WatchWindow window)
    {
        lock (gate)
        {
            watchers.Remove(window);
        }
    }

    public void EndAll()
    {
        foreach (var watcher in watchers)
        {
            watcher.End();
        }
    }
}
