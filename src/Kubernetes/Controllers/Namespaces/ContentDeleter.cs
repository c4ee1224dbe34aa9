using Controllers.Runtime.Client;
using Kubernetes.Controllers.Monitoring;

namespace Kubernetes.Controllers.Namespaces;

/// <summary>
/// Deletes everything in a namespace, of every resource that the server serves, custom ones included: pods first, so that what
/// they use outlives them (upstream's ordered namespace deletion), then the rest.
/// </summary>
internal sealed class ContentDeleter(ApiClient client)
{
    public async Task<NamespaceContents> DeleteAsync(string @namespace, CancellationToken cancel)
    {
        Discovery discovery;
        try
        {
            discovery = await Discovery.ReadAsync(client, cancel);
        }
        catch (ApiException exception)
        {
            return new NamespaceContents(new Dictionary<string, int>(), new Dictionary<string, int>(), [], exception.StatusMessage);
        }

        var served = discovery.PreferredResources.Where(resource => resource.Resource.Namespaced && resource.Supports("list", "delete")).ToList();
        var pods = await DeleteAsync(@namespace, served.Where(IsPods), cancel);
        return pods.IsEmpty ? await DeleteAsync(@namespace, served.Where(resource => !IsPods(resource)), cancel) : pods;
    }

    private static bool IsPods(ServedResource served) => served.Resource is { Group: "", Plural: "pods" };

    private async Task<NamespaceContents> DeleteAsync(string @namespace, IEnumerable<ServedResource> resources, CancellationToken cancel)
    {
        Dictionary<string, int> remaining = [], finalizers = [];
        List<string> failures = [];
        foreach (var (served, result) in await Task.WhenAll(resources.Select(async served => (served, await TryAsync(@namespace, served, cancel)))))
        {
            if (result.Failure is not null)
            {
                failures.Add($"{NamespaceContents.NameOf(served.Resource)}: {result.Failure}");
            }

            if (result.Left.Count > 0)
            {
                remaining[NamespaceContents.NameOf(served.Resource)] = result.Left.Count;
            }

            foreach (var finalizer in result.Left.SelectMany(left => left.Metadata.Finalizers ?? []))
            {
                finalizers[finalizer] = finalizers.GetValueOrDefault(finalizer) + 1;
            }
        }

        return new NamespaceContents(remaining, finalizers, failures);
    }

    private async Task<(IReadOnlyList<PartialObject> Left, string? Failure)> TryAsync(string @namespace, ServedResource served, CancellationToken cancel)
    {
        var resource = served.Resource.As<PartialObject>();
        try
        {
            var found = (await client.ListAsync(resource, @namespace, cancel: cancel)).Items;
            var staying = found.Where(@object => @object.Metadata.DeletionTimestamp is null).ToList();
            if (staying.Count == 0)
            {
                return (found, null);
            }

            foreach (var @object in staying)
            {
                await client.DeleteAsync(resource, @namespace, @object.Metadata.Name, DeletePropagation.Background, cancel);
            }

            return ((await client.ListAsync(resource, @namespace, cancel: cancel)).Items, null);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return ([], null); // its definition went meanwhile
        }
        catch (ApiException exception)
        {
            return ([], exception.StatusMessage);
        }
    }
}
