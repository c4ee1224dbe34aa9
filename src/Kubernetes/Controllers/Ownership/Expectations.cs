using System.Collections.Concurrent;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.Ownership;

/// <summary>
/// Creations and deletions that a controller made and its cache may not show yet (client-go style <c>ControllerExpectations</c>):
/// acting again before it does would make the same pods twice. Given up after five minutes, as upstream does.
/// </summary>
internal sealed class Expectations<T>(ILister<T> lister, TimeProvider time)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Pending> _pending = new();

    public void Created(string ownerUid, T @object) => Of(ownerUid).Add(@object, deletion: false, time.GetUtcNow() + Patience);

    public void Deleted(string ownerUid, T @object) => Of(ownerUid).Add(@object, deletion: true, time.GetUtcNow() + Patience);

    /// <summary>The cache reported that the object is gone: it was there once, whether or not it was seen.</summary>
    public void ObservedDeletion(T @object)
    {
        if (@object.Metadata.ControllerUid() is { } owner && _pending.TryGetValue(owner, out var pending))
        {
            pending.Remove(@object.Metadata.Uid);
        }
    }

    /// <summary>What the cache shows in the owner's namespace, and whether that includes everything done for the owner.</summary>
    public (IReadOnlyList<T> Objects, bool Settled) List(V1ObjectMeta owner)
    {
        var settled = Satisfied(owner.Uid); // asked first: a cache that catches up in between would pass for settled, and what was read before for all there is
        return (lister.List(owner.NamespaceProperty), settled);
    }

    public void Forget(string ownerUid) => _pending.TryRemove(ownerUid, out _);

    private bool Satisfied(string ownerUid)
        => !_pending.TryGetValue(ownerUid, out var pending) || pending.Satisfied(lister, time.GetUtcNow());

    private Pending Of(string ownerUid) => _pending.GetOrAdd(ownerUid, _ => new Pending());

    private sealed class Pending
    {
        private readonly Dictionary<string, (NamespacedName Name, bool Deletion, DateTimeOffset Until)> _objects = [];

        public void Add(T @object, bool deletion, DateTimeOffset until)
        {
            lock (_objects)
            {
                _objects[@object.Metadata.Uid] = (NamespacedName.Of(@object), deletion, until);
            }
        }

        public void Remove(string uid)
        {
            lock (_objects)
            {
                _objects.Remove(uid);
            }
        }

        public bool Satisfied(ILister<T> lister, DateTimeOffset now)
        {
            lock (_objects)
            {
                foreach (var (uid, (name, deletion, until)) in _objects.ToList())
                {
                    var found = lister.Find(name) is { } cached && cached.Metadata.Uid == uid ? cached : null;
                    var seen = deletion ? found is null || found.Metadata.IsTerminating() : found is not null;
                    if (seen || until <= now)
                    {
                        _objects.Remove(uid);
                    }
                }

                return _objects.Count == 0;
            }
        }
    }
}
