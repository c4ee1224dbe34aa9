using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;

namespace Kubernetes.Controllers.Scheduling;

/// <summary>What a pod's claims say to its scheduling (kube-scheduler's plugin <c>volumebinding</c>): bound now, or by its coming.</summary>
internal sealed class PodClaims(ILister<V1PersistentVolumeClaim> claims, ILister<V1StorageClass> classes)
{
    /// <summary>The claims that the pod names.</summary>
    public static IEnumerable<NamespacedName> Of(V1Pod pod)
        => (pod.Spec.Volumes ?? []).Where(volume => volume.PersistentVolumeClaim is not null)
            .Select(volume => new NamespacedName(pod.Metadata.NamespaceProperty, volume.PersistentVolumeClaim.ClaimName));

    /// <summary>Why the pod may run nowhere yet, in upstream's words; null when its claims do not keep it.</summary>
    public string? Obstacle(V1Pod pod)
    {
        foreach (var name in Of(pod))
        {
            if (claims.Find(name) is not { } claim)
            {
                return $"persistentvolumeclaim \"{name.Name}\" not found";
            }

            if (claim.Metadata.IsTerminating())
            {
                return $"persistentvolumeclaim \"{name.Name}\" is being deleted";
            }

            if (claim.Status?.Phase != "Bound" && !WaitsForItsPod(claim))
            {
                return "pod has unbound immediate PersistentVolumeClaims";
            }
        }

        return null;
    }

    private bool WaitsForItsPod(V1PersistentVolumeClaim claim)
        => classes.Find(new NamespacedName("", claim.Spec.StorageClassName ?? ""))?.VolumeBindingMode == "WaitForFirstConsumer";
}
