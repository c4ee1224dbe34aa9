using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Scheduling;

namespace Kubernetes.Controllers.Volumes;

/// <summary>Wires what lets deleted claims and volumes go when nothing uses them (<c>pkg/controller/volume/pvcprotection</c>, <c>pvprotection</c>).</summary>
internal static class ProtectionController
{
    public static IEnumerable<Controller> Create(ControllerContext context)
    {
        var claims = context.Informers.For(Resources.PersistentVolumeClaims);
        var volumes = context.Informers.For(Resources.PersistentVolumes);
        var pods = context.Informers.For(Resources.Pods);
        var ofClaims = context.Controller("pvc-protection", new ClaimProtection(context.Client, claims.Lister));
        var ofVolumes = context.Controller("pv-protection", new VolumeProtection(context.Client, volumes.Lister));
        claims.OnChange(change =>
        {
            if (change.After?.Metadata.IsTerminating() == true)
            {
                ofClaims.Queue.Add(NamespacedName.Of(change.After));
            }
        });
        volumes.OnChange(change =>
        {
            if (change.After?.Metadata.IsTerminating() == true)
            {
                ofVolumes.Queue.Add(NamespacedName.Of(change.After));
            }
        });
        pods.OnChange(change =>
        {
            foreach (var name in change.After is null ? PodClaims.Of(change.Object) : [])
            {
                ofClaims.Queue.Add(name);
            }
        });
        return [ofClaims, ofVolumes];
    }
}
