using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.Scaling;

/// <summary>The scale subresource of any kind that has one (client-go's <c>scale</c> client).</summary>
internal sealed class ScaleClient(ApiClient client)
{
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), string> _plurals = new();

    /// <summary>What the object's scale says; null when there is no such object, kind, or scale of it.</summary>
    public async Task<V1Scale?> FindAsync(string apiVersion, string kind, string @namespace, string name, CancellationToken cancel)
    {
        if (await PathAsync(apiVersion, kind, @namespace, name, cancel) is not { } path)
        {
            return null;
        }

        try
        {
            return KubernetesJson.Deserialize<V1Scale>(await client.SendAsync(HttpMethod.Get, path, body: null, cancel));
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    public async Task SetAsync(string apiVersion, string kind, string @namespace, string name, int replicas, CancellationToken cancel)
    {
        var path = await PathAsync(apiVersion, kind, @namespace, name, cancel) ?? throw new InvalidOperationException($"no matches for kind \"{kind}\" in version \"{apiVersion}\"");
        var scale = (JsonObject)JsonNode.Parse(await client.SendAsync(HttpMethod.Get, path, body: null, cancel))!;
        scale["spec"] = new JsonObject { ["replicas"] = replicas };
        await client.SendAsync(HttpMethod.Put, path, scale.ToJsonString(), cancel);
    }

    // kinds come and go with their definitions: only what was found is remembered
    private async Task<string?> PathAsync(string apiVersion, string kind, string @namespace, string name, CancellationToken cancel)
    {
        if (!_plurals.TryGetValue((apiVersion, kind), out var plural))
        {
            var discovery = await Discovery.ReadAsync(client, cancel);
            if (discovery.Find(apiVersion, kind) is not { } served)
            {
                return null;
            }

            _plurals[(apiVersion, kind)] = plural = served.Resource.Plural;
        }

        var root = apiVersion.Contains('/') ? "apis" : "api";
        return $"{root}/{apiVersion}/namespaces/{Uri.EscapeDataString(@namespace)}/{plural}/{Uri.EscapeDataString(name)}/scale";
    }
}
