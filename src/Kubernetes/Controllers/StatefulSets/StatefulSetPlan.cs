using System.Globalization;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.StatefulSets;

/// <summary>What a StatefulSet needs next (<c>stateful_set_control.go</c>, <c>updateStatefulSet</c>).</summary>
/// <param name="Create">Pods to create.</param>
/// <param name="Delete">Pods to delete, in this order.</param>
internal sealed record StatefulSetPlan(IReadOnlyList<StatefulCreation> Create, IReadOnlyList<V1Pod> Delete)
{
    public static StatefulSetPlan Nothing { get; } = new([], []);

    /// <param name="set">The StatefulSet.</param>
    /// <param name="owned">Its pods.</param>
    /// <param name="updateRevision">The name of the newest revision.</param>
    /// <param name="now">The moment of the decision.</param>
    public static StatefulSetPlan For(V1StatefulSet set, IReadOnlyList<V1Pod> owned, string updateRevision, DateTime now)
    {
        if (set.Metadata.DeletionTimestamp is not null)
        {
            return Nothing;
        }

        var start = set.Spec.Ordinals?.Start ?? 0;
        var end = start + (set.Spec.Replicas ?? 1);
        var ordered = set.Spec.PodManagementPolicy != "Parallel";
        var byOrdinal = owned.ToDictionary(pod => StatefulPod.Ordinal(set, pod)!.Value);
        List<StatefulCreation> create = [];
        List<V1Pod> delete = [];
        for (var ordinal = start; ordinal < end; ordinal++)
        {
            if (!byOrdinal.TryGetValue(ordinal, out var pod))
            {
                create.Add(new StatefulCreation(ordinal, AtCurrent(set, ordinal)));
            }
            else if (pod.IsFinished() && !pod.IsTerminating())
            {
                delete.Add(pod); // a finished pod is made anew
            }
            else if (IsHealthy(set, pod, now))
            {
                continue;
            }

            if (ordered)
            {
                return new StatefulSetPlan(create, delete); // one after the other, each when the one before is available
            }
        }

        var condemned = byOrdinal.Where(entry => entry.Key < start || entry.Key >= end).OrderByDescending(entry => entry.Key).Select(entry => entry.Value).ToList();
        if (ordered && condemned.Count > 0)
        {
            return Shrink(set, condemned, now);
        }

        delete.AddRange(condemned.Where(pod => !pod.IsTerminating()));
        if (create.Count + delete.Count == 0 && set.Spec.UpdateStrategy?.Type != "OnDelete")
        {
            delete.AddRange(Outdated(set, byOrdinal, start, end, updateRevision, now));
        }

        return new StatefulSetPlan(create, delete);
    }

    /// <summary>Running, ready for long enough, and not on its way out.</summary>
    public static bool IsHealthy(V1StatefulSet set, V1Pod pod, DateTime now)
        => pod.Status?.Phase == "Running" && !pod.IsTerminating() && pod.IsAvailable(set.Spec.MinReadySeconds ?? 0, now);

    // from the top, one at a time; an unhealthy one that goes does not wait for itself
    private static StatefulSetPlan Shrink(V1StatefulSet set, List<V1Pod> condemned, DateTime now)
    {
        if (condemned[0].IsTerminating())
        {
            return Nothing;
        }

        var firstUnhealthy = condemned.FindLast(pod => !IsHealthy(set, pod, now));
        return IsHealthy(set, condemned[0], now) || condemned[0] == firstUnhealthy ? new StatefulSetPlan([], [condemned[0]]) : Nothing;
    }

    private static IEnumerable<V1Pod> Outdated(
        V1StatefulSet set, Dictionary<int, V1Pod> pods, int start, int end, string updateRevision, DateTime now)
    {
        var partition = start + (set.Spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0);
        var unavailableMax = UnavailableMax(set);
        var unavailable = 0;
        for (var ordinal = end - 1; ordinal >= Math.Max(start, partition) && unavailable < unavailableMax; ordinal--)
        {
            var pod = pods[ordinal];
            if (StatefulPod.Revision(pod) != updateRevision && !pod.IsTerminating())
            {
                unavailable++;
                yield return pod;
            }
            else if (!IsHealthy(set, pod, now))
            {
                unavailable++;
            }
        }
    }

    private static int UnavailableMax(V1StatefulSet set)
    {
        if (set.Spec.UpdateStrategy?.RollingUpdate?.MaxUnavailable is not { } value)
        {
            return 1;
        }

        var text = value.Value;
        var count = text.EndsWith('%')
            ? (int)Math.Ceiling(double.Parse(text[..^1], CultureInfo.InvariantCulture) * (set.Spec.Replicas ?? 1) / 100)
            : int.Parse(text, CultureInfo.InvariantCulture);
        return Math.Max(1, count);
    }

    // below the partition, the revision before the update
    private static bool AtCurrent(V1StatefulSet set, int ordinal)
        => set.Spec.UpdateStrategy?.Type != "OnDelete"
            && ordinal < (set.Spec.Ordinals?.Start ?? 0) + (set.Spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0);
}
