using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.ServiceAccounts;

/// <summary>Wires the defaults of namespaces: each new one, and each whose defaults were changed or deleted.</summary>
internal static class NamespaceDefaultsController
{
    public static Controller Create(ControllerContext context, string certificateAuthorityPem)
    {
        var namespaces = context.Informers.For(Resources.Namespaces);
        var accounts = context.Informers.For(Resources.ServiceAccounts);
        var maps = context.Informers.Named(Resources.ConfigMaps, NamespaceDefaultsReconciler.RootCertificates);
        var reconciler = new NamespaceDefaultsReconciler(
            context.Client, namespaces.Lister, accounts.Lister, maps.Lister, certificateAuthorityPem);
        var controller = context.Controller("namespace-defaults", reconciler, workers: 2);
        namespaces.OnChange(change => controller.Queue.Add(NamespacedName.Of(change.Object)));
        accounts.OnChange(change =>
        {
            if (change.After is null)
            {
                AddIf(change.Object, NamespaceDefaultsReconciler.Account);
            }
        });
        maps.OnChange(change => controller.Queue.Add(new NamespacedName("", change.Object.Metadata.NamespaceProperty)));
        return controller;

        void AddIf(IMetadata<V1ObjectMeta> @object, string name)
        {
            if (@object.Metadata.Name == name)
            {
                controller.Queue.Add(new NamespacedName("", @object.Metadata.NamespaceProperty));
            }
        }
    }
}
