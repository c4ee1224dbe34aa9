using System.Text.Json.Nodes;
using ArgoCd.Comparison;
using Controllers.Runtime.Client;

namespace ArgoCd.Server.Routes;

/// <summary>
/// Writes what an action changed (<c>patchResource</c>): the status through its subresource, the rest as a patch of the object;
/// a kind without status subresource gets one patch of everything.
/// </summary>
internal static class ResourcePatch
{
    public static async Task ApplyAsync(ApiClient client, Resource<Unstructured> resource, Unstructured live, JsonObject changed, CancellationToken cancel)
    {
        var patch = MergePatch.Create(live.Json, changed);
        if (patch.Count == 0)
        {
            return;
        }

        var (@namespace, name) = (live.Metadata.NamespaceProperty, live.Metadata.Name);
        if (patch.ContainsKey("status") && await TryStatusAsync(client, resource, @namespace, name, patch, cancel))
        {
            patch.Remove("status");
        }

        if (patch.Count > 0)
        {
            await client.PatchAsync(resource, @namespace, name, Patch.Merge(patch), cancel: cancel);
        }
    }

    private static async Task<bool> TryStatusAsync(
        ApiClient client, Resource<Unstructured> resource, string? @namespace, string name, JsonObject patch, CancellationToken cancel)
    {
        try
        {
            var status = new JsonObject { ["status"] = patch["status"]?.DeepClone() };
            await client.PatchAsync(resource, @namespace, name, Patch.Merge(status), "status", cancel);
            return true;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return false;
        }
    }
}
