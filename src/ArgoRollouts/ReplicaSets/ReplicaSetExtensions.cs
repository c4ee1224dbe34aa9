using System.Globalization;
using ArgoRollouts.Models;
using Controllers.Runtime;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>What a ReplicaSet says about itself (utils/replicaset, utils/annotations).</summary>
internal static class ReplicaSetExtensions
{
    public static int DesiredReplicas(this V1ReplicaSet set) => set.Spec.Replicas ?? 1;

    public static int AvailableReplicas(this V1ReplicaSet set) => set.Status?.AvailableReplicas ?? 0;

    /// <summary>The rollouts-pod-template-hash label, or empty.</summary>
    public static string PodHash(this V1ReplicaSet? set) => set?.Metadata.Label(RolloutsKeys.PodTemplateHash) ?? "";

    public static long Revision(this V1ObjectMeta metadata)
        => long.TryParse(metadata.Annotation(RolloutsKeys.Revision), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    public static bool HasScaleDownDeadline(this V1ReplicaSet? set) => !string.IsNullOrEmpty(set?.Metadata.Annotation(RolloutsKeys.ScaleDownDeadline));

    /// <summary>The scale-down deadline; null when there is none or it is not a time.</summary>
    public static DateTimeOffset? ScaleDownDeadline(this V1ReplicaSet set)
        => DateTimeOffset.TryParse(
            set.Metadata.Annotation(RolloutsKeys.ScaleDownDeadline), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var deadline)
            ? deadline
            : null;

    /// <summary>spec.replicas of the Rollout when the ReplicaSet was last reconciled.</summary>
    public static int? DesiredReplicasAnnotation(this V1ReplicaSet set)
        => int.TryParse(set.Metadata.Annotation(RolloutsKeys.DesiredReplicas), NumberStyles.Integer, CultureInfo.InvariantCulture, out var replicas)
            ? replicas
            : null;

    /// <summary>Has all of the Rollout's replicas, all available, and knows that it should (annotations.go, IsSaturated).</summary>
    public static bool IsSaturated(this V1ReplicaSet? set, Rollout rollout)
    {
        var replicas = Defaults.Replicas(rollout);
        return set is not null
               && set.DesiredReplicas() == replicas
               && set.DesiredReplicasAnnotation() == replicas
               && set.AvailableReplicas() == replicas;
    }

    /// <summary>Scaled up, and every replica available.</summary>
    public static bool IsFullyAvailable(this V1ReplicaSet? set)
        => set is not null && set.DesiredReplicas() != 0 && set.AvailableReplicas() != 0 && set.DesiredReplicas() <= set.AvailableReplicas();

    public static int SpecReplicas(this IEnumerable<V1ReplicaSet?> sets) => sets.Sum(set => set?.DesiredReplicas() ?? 0);

    public static int StatusReplicas(this IEnumerable<V1ReplicaSet?> sets) => sets.Sum(set => set?.Status?.Replicas ?? 0);

    public static int ReadyReplicas(this IEnumerable<V1ReplicaSet?> sets) => sets.Sum(set => set?.Status?.ReadyReplicas ?? 0);

    public static int AvailableReplicas(this IEnumerable<V1ReplicaSet?> sets) => sets.Sum(set => set?.AvailableReplicas() ?? 0);

    public static long MaxRevision(this IEnumerable<V1ReplicaSet> sets) => sets.Select(set => set.Metadata.Revision()).DefaultIfEmpty().Max();

    /// <summary>Oldest first; the name breaks ties (client-go's ReplicaSetsByCreationTimestamp).</summary>
    public static IOrderedEnumerable<V1ReplicaSet> ByCreation(this IEnumerable<V1ReplicaSet> sets)
        => sets.OrderBy(set => set.Metadata.CreationTimestamp ?? DateTime.MinValue).ThenBy(set => set.Metadata.Name, StringComparer.Ordinal);

    /// <summary>Latest revision first.</summary>
    public static IOrderedEnumerable<V1ReplicaSet> ByRevisionDescending(this IEnumerable<V1ReplicaSet> sets)
        => sets.OrderByDescending(set => set.Metadata.Revision()).ThenByDescending(set => set.Metadata.CreationTimestamp ?? DateTime.MinValue);

    /// <summary>The set with this pod template hash; null for an empty hash.</summary>
    public static V1ReplicaSet? WithHash(this IEnumerable<V1ReplicaSet> sets, string? hash)
        => string.IsNullOrEmpty(hash) ? null : sets.LastOrDefault(set => set.PodHash() == hash);
}
