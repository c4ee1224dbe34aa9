using System.Globalization;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Registry;

/// <summary>Removes events an hour after their last occurrence, as --event-ttl does by a lease in etcd.</summary>
internal static class EventExpiry
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static void Sweep(ObjectStore store, DateTimeOffset now)
    {
        foreach (var stored in store.List("events").Objects())
        {
            var document = Metadata.Tree(stored.Value);
            var last = document.Text("series", "lastObservedTime") ?? document.Text("lastTimestamp") ?? document.Text("metadata", "creationTimestamp");
            if (DateTimeOffset.TryParse(last, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && now - at > Lifetime)
            {
                try
                {
                    store.Delete(stored.Key, stored.Revision);
                }
                catch (StoreConflictException)
                {
                    // it occurred again, or somebody deleted it
                }
            }
        }
    }
}
