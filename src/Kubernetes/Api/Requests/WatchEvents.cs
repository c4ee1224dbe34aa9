using Kubernetes.Api.Selectors;
using Kubernetes.Store;

namespace Kubernetes.Api.Requests;

/// <summary>One line of a watch: its type and the bytes of the object.</summary>
internal sealed record WatchEvent(string Type, byte[] Object);

/// <summary>
/// What a change is to a watcher with a filter: an object that begins to match is ADDED, one that stops matching is DELETED
/// with the last content that matched and the revision of the change (apiserver storage/cacher convertToWatchEvent).
/// </summary>
internal static class WatchEvents
{
    public static WatchEvent? For(StoreEvent change, ObjectFilter filter)
    {
        var matches = change.Type != StoreEventType.Deleted && filter.Matches(change.Object!);
        var matched = change.Previous is { } previous && filter.Matches(previous);
        return (matched, matches) switch
        {
            (false, true) => new WatchEvent("ADDED", change.Object!.Value),
            (true, true) => new WatchEvent("MODIFIED", change.Object!.Value),
            (true, false) when change.Type == StoreEventType.Deleted => new WatchEvent("DELETED", change.Object!.Value),
            (true, false) => new WatchEvent("DELETED", change.Previous!.ValueAt(change.Revision)),
            _ => null,
        };
    }
}
