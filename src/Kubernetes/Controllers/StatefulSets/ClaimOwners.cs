using k8s.Models;
using Kubernetes.Controllers.Ownership;

namespace Kubernetes.Controllers.StatefulSets;

/// <summary>
/// Who a pod's claim belongs to by the set's <c>persistentVolumeClaimRetentionPolicy</c> (<c>stateful_set_utils.go</c>,
/// <c>updateClaimOwnerRefForSetAndPod</c>): the collector takes it with the set, with the pod that is scaled away, or not at all.
/// </summary>
internal static class ClaimOwners
{
    /// <param name="set">The StatefulSet.</param>
    /// <param name="controller">The reference to it.</param>
    /// <param name="pod">The claim's pod.</param>
    /// <param name="claim">The claim as it is.</param>
    /// <returns>The references that the claim should have; null when it has them.</returns>
    public static IList<V1OwnerReference>? Wanted(V1StatefulSet set, V1OwnerReference controller, V1Pod pod, V1PersistentVolumeClaim claim)
    {
        var policy = set.Spec.PersistentVolumeClaimRetentionPolicy;
        var existing = claim.Metadata.OwnerReferences ?? [];
        V1OwnerReference? owner = policy?.WhenScaled == "Delete" && IsScaledAway(set, pod) ? OwnerReference.ToController(pod, "v1", "Pod")
            : policy?.WhenDeleted == "Delete" ? controller
            : null;
        List<V1OwnerReference> wanted = [.. existing.Where(reference => reference.Uid == owner?.Uid || !IsOurs(set, pod, reference))];
        if (owner is not null && wanted.TrueForAll(reference => reference.Uid != owner.Uid))
        {
            wanted.Add(owner);
        }

        return wanted.Select(reference => reference.Uid).SequenceEqual(existing.Select(reference => reference.Uid)) ? null : wanted;
    }

    /// <summary>Whether the set no longer has a place for the pod.</summary>
    public static bool IsScaledAway(V1StatefulSet set, V1Pod pod)
        => StatefulPod.Ordinal(set, pod) is { } ordinal && (set.Spec.Ordinals?.Start ?? 0) is var start && (ordinal < start || ordinal >= start + (set.Spec.Replicas ?? 1));

    // an earlier pod of the name left the data to this one
    private static bool IsOurs(V1StatefulSet set, V1Pod pod, V1OwnerReference reference)
        => reference.Uid == set.Metadata.Uid || reference is { Kind: "Pod" } && reference.Name == pod.Metadata.Name;
}
