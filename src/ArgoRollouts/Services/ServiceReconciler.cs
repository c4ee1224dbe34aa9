using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Queues;
using Controllers.Runtime.Reconciling;
using k8s.Models;

namespace ArgoRollouts.Services;

/// <summary>
/// A Service with a hash in its selector brings its Rollout to be looked at; when no Rollout names it any more, hash and annotation are taken
/// out, so that it selects pods by its own labels again (service/service.go).
/// </summary>
internal sealed class ServiceReconciler(
    ApiClient client, ILister<V1Service> services, ILister<Rollout> rollouts, WorkQueue<NamespacedName> rolloutQueue) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (services.Find(name) is not { } service || service.Spec?.Selector?.ContainsKey(RolloutsKeys.PodTemplateHash) != true)
        {
            return Result.Done;
        }

        var owners = rollouts.List(name.Namespace)
            .Where(rollout => RolloutServices.Of(rollout).Any(named => named.Name == name.Name))
            .ToList();
        foreach (var rollout in owners)
        {
            rolloutQueue.Add(NamespacedName.Of(rollout));
        }

        if (owners.Count == 0 && !await IsStillNamedAsync(service, cancel))
        {
            await ReleaseAsync(service, cancel);
        }

        return Result.Done;
    }

    // the cache may be behind: the server knows whether the managing Rollout is there
    private async Task<bool> IsStillNamedAsync(V1Service service, CancellationToken cancel)
    {
        if (service.Metadata.Annotation(RolloutsKeys.ManagedByRollouts) is not { } manager)
        {
            return false;
        }

        var rollout = await client.FindAsync(RolloutsResources.Rollouts, service.Metadata.NamespaceProperty, manager, cancel);
        return rollout is not null && RolloutServices.Of(rollout).Any(named => named.Name == service.Metadata.Name);
    }

    private async Task ReleaseAsync(V1Service service, CancellationToken cancel)
    {
        var patch = Patch.Merge(new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [RolloutsKeys.ManagedByRollouts] = null } },
            ["spec"] = new JsonObject { ["selector"] = new JsonObject { [RolloutsKeys.PodTemplateHash] = null } },
        });
        try
        {
            await client.PatchAsync(Resources.Services, service.Metadata.NamespaceProperty, service.Metadata.Name, patch, cancel: cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // gone with its namespace
        }
    }
}
