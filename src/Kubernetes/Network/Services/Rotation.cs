using System.Collections.Concurrent;
using Controllers.Runtime;

namespace Kubernetes.Network.Services;

/// <summary>Takes turns: round robin per service.</summary>
internal sealed class Rotation
{
    private readonly ConcurrentDictionary<NamespacedName, uint> _next = new();

    public int Next(NamespacedName service, int count) => (int)(_next.AddOrUpdate(service, 0, (_, last) => unchecked(last + 1)) % (uint)count);
}
