using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.ServiceAccounts;

/// <summary>
/// Gives every namespace what upstream's service account and root CA publisher controllers give it: the service account
/// <c>default</c> and the ConfigMap <c>kube-root-ca.crt</c>.
/// </summary>
internal sealed class NamespaceDefaultsReconciler(
    ApiClient client, ILister<V1Namespace> namespaces, ILister<V1ServiceAccount> accounts, ILister<V1ConfigMap> maps, string certificateAuthorityPem)
    : IReconciler
{
    public const string Account = "default";
    public const string RootCertificates = "kube-root-ca.crt";

    private const string Key = "ca.crt";

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (namespaces.Find(name) is not { } @namespace || @namespace.Metadata.IsTerminating())
        {
            return Result.Done;
        }

        if (accounts.Find(new NamespacedName(name.Name, Account)) is null)
        {
            await CreateAsync(Resources.ServiceAccounts, new V1ServiceAccount { Metadata = Metadata(name.Name, Account) }, cancel);
        }

        await PublishAsync(name.Name, cancel);
        return Result.Done;
    }

    private async Task PublishAsync(string @namespace, CancellationToken cancel)
    {
        var existing = maps.Find(new NamespacedName(@namespace, RootCertificates));
        if (existing is null)
        {
            await CreateAsync(Resources.ConfigMaps, new V1ConfigMap { Metadata = Metadata(@namespace, RootCertificates), Data = Data() }, cancel);
        }
        else if (existing.Data?.TryGetValue(Key, out var published) != true || published != certificateAuthorityPem || existing.Data.Count != 1)
        {
            var changed = Copy.Of(existing);
            changed.Data = Data();
            await client.UpdateAsync(Resources.ConfigMaps, changed, cancel: cancel);
        }
    }

    private Dictionary<string, string> Data() => new() { [Key] = certificateAuthorityPem };

    private async Task CreateAsync<T>(Resource<T> resource, T @object, CancellationToken cancel)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            await client.CreateAsync(resource, @object, cancel);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists || exception.IsNotFound || exception.IsNamespaceTerminating)
        {
            // there already, or its namespace is going
        }
    }

    private static V1ObjectMeta Metadata(string @namespace, string name) => new() { NamespaceProperty = @namespace, Name = name };
}
