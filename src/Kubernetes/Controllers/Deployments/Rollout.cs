using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>A Deployment and its ReplicaSets as observed: the current one, which has its template, and the older ones.</summary>
internal sealed class Rollout
{
    public Rollout(V1Deployment deployment, IReadOnlyList<V1ReplicaSet> replicaSets)
    {
        Deployment = deployment;
        Bounds = RollingBounds.Of(deployment);
        var byAge = replicaSets.OrderBy(set => set.Metadata.CreationTimestamp).ThenBy(set => set.Metadata.Name, StringComparer.Ordinal).ToList();
        Current = byAge.Find(set => PodTemplate.EqualsIgnoringHash(set.Spec.Template, deployment.Spec.Template));
        Old = [.. byAge.Where(set => set != Current)];
        All = Current is null ? Old : [.. Old, Current];
    }

    public V1Deployment Deployment { get; }

    public RollingBounds Bounds { get; }

    public V1ReplicaSet? Current { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<V1ReplicaSet> Old { get; }

    public IReadOnlyList<V1ReplicaSet> All { get; }

    /// <summary>The wanted number of pods.</summary>
    public int Replicas => Deployment.Spec.Replicas ?? 1;

    public int MaxReplicas => Replicas > 0 ? Replicas + Bounds.Surge : 0;

    public static int SizeOf(V1ReplicaSet set) => set.Spec.Replicas ?? 1;

    public static int AvailableOf(V1ReplicaSet set) => set.Status?.AvailableReplicas ?? 0;

    public static int TotalSize(IEnumerable<V1ReplicaSet> sets) => sets.Sum(SizeOf);

    public static int TotalAvailable(IEnumerable<V1ReplicaSet> sets) => sets.Sum(AvailableOf);

    /// <summary>The revision that the current ReplicaSet should carry: one above every older one.</summary>
    public long NextRevision => Old.Select(Revisions.Of).DefaultIfEmpty(0).Max() + 1;
}
