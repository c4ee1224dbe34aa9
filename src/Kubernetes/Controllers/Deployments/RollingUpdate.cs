using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>Moves pods from old ReplicaSets to the current one within the bounds (<c>deployment/rolling.go</c>).</summary>
internal static class RollingUpdate
{
    /// <summary>The size that the current ReplicaSet may have now, given how many pods there are in all (<c>NewRSNewReplicas</c>).</summary>
    public static int CurrentSize(Rollout rollout, int currentSize)
    {
        if (!RollingBounds.IsRollingUpdate(rollout.Deployment))
        {
            return rollout.Replicas;
        }

        var total = Rollout.TotalSize(rollout.Old) + currentSize;
        var room = rollout.Replicas + rollout.Bounds.Surge - total;
        return room <= 0 ? currentSize : currentSize + Math.Min(room, rollout.Replicas - currentSize);
    }

    /// <summary>What to scale now. Growing and shrinking take turns: a pass that grows does not shrink.</summary>
    public static IReadOnlyList<ScaleStep> Steps(Rollout rollout)
    {
        var current = rollout.Current!;
        var size = Rollout.SizeOf(current);
        var wanted = size > rollout.Replicas ? rollout.Replicas : CurrentSize(rollout, size);
        return wanted != size ? [new ScaleStep(current, wanted)] : Shrink(rollout);
    }

    private static List<ScaleStep> Shrink(Rollout rollout)
    {
        var current = rollout.Current!;
        if (Rollout.TotalSize(rollout.Old) == 0)
        {
            return [];
        }

        var minAvailable = rollout.Replicas - rollout.Bounds.Unavailable;
        var currentUnavailable = Rollout.SizeOf(current) - Rollout.AvailableOf(current);
        var budget = Rollout.TotalSize(rollout.All) - minAvailable - currentUnavailable;
        if (budget <= 0)
        {
            return [];
        }

        var sizes = rollout.Old.ToDictionary(set => set.Metadata.Name, Rollout.SizeOf);
        DropUnhealthy(rollout.Old, sizes, budget);
        DropAvailable(rollout, sizes, minAvailable);
        return [.. rollout.Old.Where(set => sizes[set.Metadata.Name] != Rollout.SizeOf(set)).Select(set => new ScaleStep(set, sizes[set.Metadata.Name]))];
    }

    // pods that never became available go first: they cost nothing
    private static void DropUnhealthy(IReadOnlyList<V1ReplicaSet> old, Dictionary<string, int> sizes, int budget)
    {
        foreach (var set in old)
        {
            var unhealthy = sizes[set.Metadata.Name] - Rollout.AvailableOf(set);
            var drop = Math.Min(budget, Math.Max(0, unhealthy));
            sizes[set.Metadata.Name] -= drop;
            budget -= drop;
        }
    }

    private static void DropAvailable(Rollout rollout, Dictionary<string, int> sizes, int minAvailable)
    {
        var spare = Rollout.TotalAvailable(rollout.All) - minAvailable;
        foreach (var set in rollout.Old)
        {
            var drop = Math.Min(Math.Max(0, spare), sizes[set.Metadata.Name]);
            sizes[set.Metadata.Name] -= drop;
            spare -= drop;
        }
    }
}
