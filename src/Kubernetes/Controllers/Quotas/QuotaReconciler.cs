using System.Text.Json.Nodes;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s;
using k8s.Models;
using Kubernetes.Controllers.Monitoring;
using Kubernetes.Quotas;

namespace Kubernetes.Controllers.Quotas;

/// <summary>
/// Keeps <c>status.hard</c> and <c>status.used</c> of quotas (<c>pkg/controller/resourcequota</c>): counted anew after each change, so that what is
/// deleted, or has ended, is free again. A write that admission made meanwhile is a conflict, and is counted then.
/// </summary>
internal sealed class QuotaReconciler(ApiClient client, ILister<V1ResourceQuota> quotas, ResourceMonitors monitors, TimeProvider time) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        await monitors.Synced.WaitAsync(cancel);
        if (quotas.Find(name) is not { } quota || quota.Metadata.IsTerminating())
        {
            return Result.Done;
        }

        var hard = quota.Spec?.Hard ?? new Dictionary<string, ResourceQuantity>();
        var used = new Dictionary<string, ResourceQuantity>();
        var spec = JsonNode.Parse(KubernetesJson.Serialize(quota.Spec ?? new V1ResourceQuotaSpec()))!.AsObject();
        foreach (var names in hard.Keys.GroupBy(QuotaUsage.Counts))
        {
            var (group, plural) = names.Key;
            var objects = await ListAsync(group, plural, name.Namespace, cancel);
            foreach (var (counted, total) in QuotaTotals.Of(names, spec, group, plural, objects, time.GetUtcNow()))
            {
                used[counted] = new ResourceQuantity(total.ToString());
            }
        }

        await WriteAsync(quota, hard, used, cancel);
        return Result.Done;
    }

    private async Task<IEnumerable<JsonObject>> ListAsync(string group, string plural, string @namespace, CancellationToken cancel)
    {
        if (monitors.Served?.PreferredResources.FirstOrDefault(served => served.Resource.Group == group && served.Resource.Plural == plural && served.Resource.Namespaced) is not { } found)
        {
            return []; // nothing of it is served (yet): its definition's objects bring the quota back
        }

        var list = await client.ListAsync(found.Resource.As<Unstructured>(), @namespace, cancel: cancel);
        return list.Items.Select(item => item.Json);
    }

    private async Task WriteAsync(V1ResourceQuota quota, IDictionary<string, ResourceQuantity> hard, Dictionary<string, ResourceQuantity> used, CancellationToken cancel)
    {
        if (Same(quota.Status?.Hard, hard) && Same(quota.Status?.Used, used))
        {
            return;
        }

        var changed = Copy.Of(quota);
        changed.Status = new V1ResourceQuotaStatus { Hard = hard, Used = used };
        await client.UpdateAsync(Resources.ResourceQuotas, changed, "status", cancel);
    }

    private static bool Same(IDictionary<string, ResourceQuantity>? one, IDictionary<string, ResourceQuantity> other)
        => one is not null && one.Count == other.Count && other.All(entry => one.TryGetValue(entry.Key, out var value) && $"{value}" == $"{entry.Value}");
}
