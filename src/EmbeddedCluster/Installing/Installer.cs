using System.Text.Json.Nodes;
using Controllers.Runtime.Client;

namespace EmbeddedCluster.Installing;

/// <summary>
/// Applies manifests in an order that works: what others need first (CRDs, namespaces, accounts), then the rest as written.
/// Existing objects are patched, so that applying again changes nothing.
/// </summary>
public sealed class Installer(ApiClient client)
{
    private static readonly string[] First = ["CustomResourceDefinition", "Namespace", "ServiceAccount", "ClusterRole", "Role", "ConfigMap", "Secret"];

    /// <exception cref="InstallException">An object that the server refuses, named with the server's words.</exception>
    public async Task ApplyAsync(IEnumerable<Unstructured> objects, CancellationToken cancel)
    {
        var ordered = objects.OrderBy(Order).ToList();
        var crds = ordered.TakeWhile(@object => @object.Kind == First[0]).ToList();
        var discovery = await Discovery.ReadAsync(client, cancel);
        await Task.WhenAll(crds.Select(crd => ApplyAsync(crd, discovery, cancel)));
        if (crds.Count > 0)
        {
            await EstablishedAsync([.. crds.Select(crd => crd.Metadata.Name)], cancel);
            discovery = await Discovery.ReadAsync(client, cancel);
        }

        foreach (var sameKind in ordered.Skip(crds.Count).GroupBy(@object => Order(@object)))
        {
            await Task.WhenAll(sameKind.Select(@object => ApplyAsync(@object, discovery, cancel)));
        }
    }

    private static int Order(Unstructured @object) => Array.IndexOf(First, @object.Kind) is var place and >= 0 ? place : First.Length;

    private async Task ApplyAsync(Unstructured @object, Discovery discovery, CancellationToken cancel)
    {
        var served = discovery.Find(@object.ApiVersion, @object.Kind)
            ?? throw new InstallException(@object, $"no matches for kind \"{@object.Kind}\" in version \"{@object.ApiVersion}\"");
        if (served.Resource.Namespaced && string.IsNullOrEmpty(@object.Metadata.NamespaceProperty))
        {
            @object = @object.Clone();
            @object.Json["metadata"]!["namespace"] = "default";
        }

        try
        {
            try
            {
                await client.CreateAsync(served.Resource, @object, cancel);
            }
            catch (ApiException exception) when (exception.IsAlreadyExists)
            {
                var patch = Patch.Merge((JsonObject)@object.Json.DeepClone());
                await client.PatchAsync(served.Resource, @object.Metadata.NamespaceProperty, @object.Metadata.Name, patch, cancel: cancel);
            }
        }
        catch (ApiException exception)
        {
            throw new InstallException(@object, exception.StatusMessage, exception);
        }
    }

    private async Task EstablishedAsync(HashSet<string> names, CancellationToken cancel)
    {
        var list = await client.ListAsync(Resources.CustomResourceDefinitions, cancel: cancel);
        foreach (var crd in list.Items)
        {
            Check(crd);
        }

        if (names.Count == 0)
        {
            return;
        }

        var from = new ListOptions { ResourceVersion = list.ResourceVersion };
        await foreach (var change in client.WatchAsync(Resources.CustomResourceDefinitions, options: from, cancel: cancel))
        {
            Check(change.Object);
            if (names.Count == 0)
            {
                return;
            }
        }

        void Check(k8s.Models.V1CustomResourceDefinition crd)
        {
            if (crd.Status?.Conditions?.Any(condition => condition is { Type: "Established", Status: "True" }) == true)
            {
                names.Remove(crd.Metadata.Name);
            }
        }
    }
}
