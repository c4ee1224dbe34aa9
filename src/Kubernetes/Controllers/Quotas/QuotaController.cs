using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using Kubernetes.Controllers.Monitoring;
using Kubernetes.Quotas;

namespace Kubernetes.Controllers.Quotas;

/// <summary>Wires the quota reconciler: quotas, and every object of a namespace that one of its quotas counts.</summary>
internal static class QuotaController
{
    public static Controller Create(ControllerContext context, ResourceMonitors monitors)
    {
        var quotas = context.Informers.For(Resources.ResourceQuotas);
        var controller = context.Controller("resourcequota", new QuotaReconciler(context.Client, quotas.Lister, monitors, context.Time), workers: 2);
        quotas.OnChange(change => controller.Queue.Add(NamespacedName.Of(change.Object)));
        monitors.OnChange((resource, change) =>
        {
            if (change.Object.Metadata.NamespaceProperty is not { Length: > 0 } @namespace)
            {
                return;
            }

            foreach (var quota in quotas.Lister.List(@namespace))
            {
                if (quota.Spec?.Hard?.Keys.Any(name => QuotaUsage.Counts(name) == (resource.Group, resource.Plural)) == true)
                {
                    controller.Queue.Add(NamespacedName.Of(quota));
                }
            }
        });
        return controller;
    }
}
