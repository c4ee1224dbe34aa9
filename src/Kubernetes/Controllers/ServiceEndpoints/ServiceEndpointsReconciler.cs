using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.ServiceEndpoints;

/// <summary>Writes the EndpointSlices of each service with a selector, and its Endpoints.</summary>
internal sealed class ServiceEndpointsReconciler(
    ApiClient client, ILister<V1Service> services, ILister<V1Pod> pods, ILister<V1EndpointSlice> slices, ILister<V1Endpoints> endpoints, TimeProvider time)
    : IReconciler
{
    private const string TriggerTime = "endpoints.kubernetes.io/last-change-trigger-time";

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (services.Find(name) is not { } service)
        {
            if (endpoints.Find(name)?.Metadata.Label(EndpointsPlan.ManagedBy) is not null)
            {
                await client.DeleteAsync(Resources.Endpoints, name.Namespace, name.Name, cancel: cancel);
            }

            return Result.Done; // slices are collected by their owner reference
        }

        if (service.Metadata.IsTerminating() || !ServicePods.HasEndpoints(service))
        {
            return Result.Done;
        }

        var behind = ServicePods.Of(service, pods.List(name.Namespace));
        await WriteSlicesAsync(service, EndpointSlicePlan.For(service, behind), cancel);
        await WriteAsync(Resources.Endpoints, endpoints.Find(name), EndpointsPlan.For(service, behind), EndpointsPlan.Same, cancel);
        return Result.Done;
    }

    private async Task WriteSlicesAsync(V1Service service, IReadOnlyList<V1EndpointSlice> wanted, CancellationToken cancel)
    {
        var existing = slices.ControlledBy(service.Metadata.Uid)
            .Where(slice => slice.Metadata.Label(EndpointSlicePlan.ManagedBy) == EndpointSlicePlan.Controller)
            .ToDictionary(slice => slice.Metadata.Name);
        foreach (var slice in wanted)
        {
            existing.Remove(slice.Metadata.Name, out var found);
            await WriteAsync(Resources.EndpointSlices, found, slice, EndpointSlicePlan.Same, cancel);
        }

        foreach (var superfluous in existing.Values)
        {
            await client.DeleteAsync(Resources.EndpointSlices, superfluous.Metadata.NamespaceProperty, superfluous.Metadata.Name, cancel: cancel);
        }
    }

    private async Task WriteAsync<T>(Resource<T> resource, T? existing, T wanted, Func<T, T, bool> same, CancellationToken cancel)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (existing is not null && same(existing, wanted))
        {
            return;
        }

        wanted.Metadata.Annotations = new Dictionary<string, string>(existing?.Metadata.Annotations ?? new Dictionary<string, string>())
        {
            [TriggerTime] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"),
        };
        if (existing is null)
        {
            await client.CreateAsync(resource, wanted, cancel);
            return;
        }

        wanted.Metadata.ResourceVersion = existing.Metadata.ResourceVersion;
        await client.UpdateAsync(resource, wanted, cancel: cancel);
    }
}
