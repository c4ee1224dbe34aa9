using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;

namespace Kubernetes.Controllers.Volumes;

/// <summary>Wires claims and volumes: each looks again when the other changes.</summary>
internal static class VolumeControllers
{
    public static IEnumerable<Controller> Create(ControllerContext context, string root)
    {
        var claims = context.Informers.For(Resources.PersistentVolumeClaims);
        var volumes = context.Informers.For(Resources.PersistentVolumes);
        var classes = context.Informers.For(Resources.StorageClasses);
        var pods = context.Informers.For(Resources.Pods);
        var binding = new ClaimReconciler(
            context.Client, claims.Lister, volumes.Lister, classes.Lister, pods.Lister, context.Events("persistentvolume-controller"), root);
        var binder = context.Controller("persistentvolumeclaim", binding);
        var reclaimer = context.Controller("persistentvolume", new VolumeReconciler(context.Client, claims.Lister, volumes.Lister));
        claims.OnChange(change =>
        {
            binder.Queue.Add(NamespacedName.Of(change.Object));
            if (change.Object.Spec.VolumeName is { Length: > 0 } volume)
            {
                reclaimer.Queue.Add(new NamespacedName("", volume));
            }
        });
        volumes.OnChange(change =>
        {
            reclaimer.Queue.Add(NamespacedName.Of(change.Object));
            AddPending();
        });
        classes.OnChange(_ => AddPending());
        pods.OnChange(change =>
        {
            // the first consumer of a claim that waits for one
            foreach (var volume in change.Before is null ? change.Object.Spec.Volumes ?? [] : [])
            {
                if (volume.PersistentVolumeClaim is { } used)
                {
                    binder.Queue.Add(new NamespacedName(change.Object.Metadata.NamespaceProperty, used.ClaimName));
                }
            }
        });
        return [binder, reclaimer];

        void AddPending()
        {
            foreach (var claim in claims.Lister.List().Where(claim => claim.Status?.Phase != "Bound"))
            {
                binder.Queue.Add(NamespacedName.Of(claim));
            }
        }
    }
}
