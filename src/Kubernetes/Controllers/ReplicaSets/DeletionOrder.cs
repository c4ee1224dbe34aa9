using System.Globalization;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.ReplicaSets;

/// <summary>
/// Which pods a shrinking ReplicaSet gives up first: upstream's <c>ActivePodsWithRanks</c>, with its logarithmic
/// buckets of age, so that among pods of about the same age the choice is by uid and not always the youngest.
/// </summary>
/// <param name="now">Against which ages are measured.</param>
/// <param name="neighbours">Active pods of the same owner on the pod's node: the more, the earlier it goes.</param>
internal sealed class DeletionOrder(DateTime now, Func<V1Pod, int> neighbours) : IComparer<V1Pod>
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    public int Compare(V1Pod? x, V1Pod? y)
    {
        var (a, b) = (x!, y!);
        var difference = Assigned(a).CompareTo(Assigned(b));
        difference = difference != 0 ? difference : PhaseRank(a).CompareTo(PhaseRank(b));
        difference = difference != 0 ? difference : a.IsReady().CompareTo(b.IsReady());
        difference = difference != 0 ? difference : Cost(a).CompareTo(Cost(b));
        difference = difference != 0 ? difference : neighbours(b).CompareTo(neighbours(a));
        if (difference == 0 && a.IsReady())
        {
            difference = ByAge(a, b, a.ReadySince(), b.ReadySince());
        }

        difference = difference != 0 ? difference : Restarts(b).CompareTo(Restarts(a));
        return difference != 0 ? difference : ByAge(a, b, a.Metadata.CreationTimestamp, b.Metadata.CreationTimestamp);
    }

    private static bool Assigned(V1Pod pod) => !string.IsNullOrEmpty(pod.Spec?.NodeName);

    private static int PhaseRank(V1Pod pod) => pod.Status?.Phase switch
    {
        "Unknown" => 1,
        "Running" => 2,
        _ => 0,
    };

    private static int Cost(V1Pod pod)
        => pod.Metadata.Annotations is { } annotations && annotations.TryGetValue(DeletionCost, out var text)
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;

    private static int Restarts(V1Pod pod)
        => pod.Status?.ContainerStatuses is { Count: > 0 } statuses ? statuses.Max(status => status.RestartCount) : 0;

    private int ByAge(V1Pod a, V1Pod b, DateTime? since, DateTime? otherSince)
    {
        if (since == otherSince)
        {
            return 0;
        }

        if (since is null || otherSince is null)
        {
            return since is null ? -1 : 1;
        }

        var difference = AgeBucket(since.Value).CompareTo(AgeBucket(otherSince.Value));
        return difference != 0 ? difference : string.CompareOrdinal(a.Metadata.Uid, b.Metadata.Uid);
    }

    private int AgeBucket(DateTime since)
    {
        var nanoseconds = (now - since).Ticks * 100.0;
        return nanoseconds > 0 ? (int)Math.Log2(nanoseconds) : -1;
    }
}
