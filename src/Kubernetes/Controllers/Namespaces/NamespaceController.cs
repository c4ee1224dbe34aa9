using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using Kubernetes.Controllers.Monitoring;

namespace Kubernetes.Controllers.Namespaces;

/// <summary>Wires the namespace reconciler: deleted namespaces, and each object that leaves one of them.</summary>
internal static class NamespaceController
{
    public static Controller Create(ControllerContext context, ResourceMonitors monitors)
    {
        var namespaces = context.Informers.For(Resources.Namespaces);
        var controller = context.Controller("namespace", new NamespaceReconciler(context.Client, namespaces.Lister, context.Time), workers: 4);
        namespaces.OnChange(change =>
        {
            if (change.After?.Metadata.IsTerminating() == true)
            {
                controller.Queue.Add(NamespacedName.Of(change.After));
            }
        });
        monitors.OnChange((_, change) =>
        {
            var @namespace = change.Object.Metadata.NamespaceProperty;
            if (change.After is null && !string.IsNullOrEmpty(@namespace))
            {
                var name = new NamespacedName("", @namespace);
                if (namespaces.Lister.Find(name)?.Metadata.IsTerminating() == true)
                {
                    controller.Queue.Add(name);
                }
            }
        });
        return controller;
    }
}
