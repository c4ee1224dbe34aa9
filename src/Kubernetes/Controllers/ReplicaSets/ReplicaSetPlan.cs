using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.ReplicaSets;

/// <summary>What one ReplicaSet needs: pods to create, or pods to delete.</summary>
/// <param name="Create">How many pods to create.</param>
/// <param name="Delete">Pods to delete, in this order.</param>
internal sealed record ReplicaSetPlan(int Create, IReadOnlyList<V1Pod> Delete)
{
    /// <summary>Most pods created or deleted in one pass (upstream's <c>BurstReplicas</c>).</summary>
    public const int BurstMax = 500;

    public static ReplicaSetPlan Nothing { get; } = new(0, []);

    /// <param name="set">The ReplicaSet.</param>
    /// <param name="owned">Its active pods.</param>
    /// <param name="related">Active pods of every ReplicaSet with the same owner: they crowd nodes together.</param>
    /// <param name="now">The moment of the decision.</param>
    public static ReplicaSetPlan For(V1ReplicaSet set, IReadOnlyList<V1Pod> owned, IReadOnlyList<V1Pod> related, DateTime now)
    {
        if (set.Metadata.DeletionTimestamp is not null)
        {
            return Nothing;
        }

        var missing = (set.Spec.Replicas ?? 1) - owned.Count;
        if (missing >= 0)
        {
            return new ReplicaSetPlan(Math.Min(missing, BurstMax), []);
        }

        var podsOnNode = related
            .Where(pod => !string.IsNullOrEmpty(pod.Spec.NodeName))
            .GroupBy(pod => pod.Spec.NodeName)
            .ToDictionary(node => node.Key, node => node.Count());
        var order = new DeletionOrder(now, pod => podsOnNode.GetValueOrDefault(pod.Spec.NodeName ?? ""));
        return new ReplicaSetPlan(0, [.. owned.Order(order).Take(Math.Min(-missing, BurstMax))]);
    }
}
