using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.Namespaces;

/// <summary>Empties terminating namespaces and lets them go (<c>pkg/controller/namespace</c>).</summary>
internal sealed class NamespaceReconciler(ApiClient client, ILister<V1Namespace> namespaces, TimeProvider time) : IReconciler
{
    private const string Finalizer = "kubernetes";

    // normally the end of the last object is seen; this is for what cannot be watched
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (namespaces.Find(name) is not { Metadata.DeletionTimestamp: not null })
        {
            return Result.Done;
        }

        var contents = await new ContentDeleter(client).DeleteAsync(name.Name, cancel);
        if (await client.FindAsync(Resources.Namespaces, null, name.Name, cancel) is not { Metadata.DeletionTimestamp: not null } @namespace)
        {
            return Result.Done;
        }

        var conditions = NamespaceStatusFrom.Conditions(@namespace.Status?.Conditions, contents, time.GetUtcNow().UtcDateTime);
        if (!NamespaceStatusFrom.Same(@namespace.Status?.Conditions, conditions))
        {
            @namespace.Status ??= new V1NamespaceStatus();
            @namespace.Status.Phase = "Terminating";
            @namespace.Status.Conditions = conditions;
            @namespace = await client.UpdateAsync(Resources.Namespaces, @namespace, "status", cancel);
        }

        if (!contents.IsEmpty)
        {
            return Result.After(LookAgain);
        }

        if (@namespace.Spec?.Finalizers?.Contains(Finalizer) == true)
        {
            @namespace.Spec.Finalizers = [.. @namespace.Spec.Finalizers.Where(finalizer => finalizer != Finalizer)];
            @namespace.ApiVersion = "v1";
            @namespace.Kind = "Namespace";
            try
            {
                await client.SendAsync(HttpMethod.Put, $"api/v1/namespaces/{name.Name}/finalize", KubernetesJson.Serialize(@namespace), cancel);
            }
            catch (ApiException exception) when (exception.IsNotFound)
            {
                // gone already
            }
        }

        return Result.Done;
    }
}
