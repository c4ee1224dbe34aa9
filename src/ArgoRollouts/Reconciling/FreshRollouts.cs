using System.Collections.Concurrent;
using System.Globalization;
using ArgoRollouts.Models;
using Controllers.Runtime;

namespace ArgoRollouts.Reconciling;

/// <summary>
/// Rollouts as this controller last wrote them, until the informer has caught up: without it a reconciliation would act on its own
/// past (controller.go, writeBackToInformer). Resource versions of one resource compare as numbers.
/// </summary>
internal sealed class FreshRollouts
{
    private readonly ConcurrentDictionary<NamespacedName, Rollout> _written = new();

    public void Remember(Rollout rollout) => _written[NamespacedName.Of(rollout)] = rollout;

    /// <summary>The newer of what the informer has and what was written.</summary>
    public Rollout? Newest(NamespacedName name, Rollout? cached)
    {
        if (!_written.TryGetValue(name, out var written))
        {
            return cached;
        }

        if (cached is not null && cached.Metadata.Uid == written.Metadata.Uid && Version(cached) < Version(written))
        {
            return written;
        }

        _written.TryRemove(new KeyValuePair<NamespacedName, Rollout>(name, written));
        return cached;
    }

    private static ulong Version(Rollout rollout)
        => ulong.TryParse(rollout.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
