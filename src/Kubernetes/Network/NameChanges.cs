using System.Collections.Concurrent;

namespace Kubernetes.Network;

/// <summary>Who wants to know that a name or its address changed.</summary>
internal sealed class NameChanges
{
    private readonly ConcurrentDictionary<Subscription, Action> _subscriptions = new();

    public void Tell()
    {
        foreach (var changed in _subscriptions.Values)
        {
            changed();
        }
    }

    public IDisposable Subscribe(Action changed)
    {
        var subscription = new Subscription(this);
        _subscriptions[subscription] = changed;
        return subscription;
    }

    private sealed class Subscription(NameChanges changes) : IDisposable
    {
        public void Dispose() => changes._subscriptions.TryRemove(this, out _);
    }
}
