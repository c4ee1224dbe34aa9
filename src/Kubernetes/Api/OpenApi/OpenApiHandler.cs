using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Requests;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.OpenApi;

/// <summary>/openapi/v3 and its documents, made when first asked and kept until what is served changes (kube-openapi handler3).</summary>
internal sealed class OpenApiHandler(ResourceRegistry resources)
{
    private readonly ConcurrentDictionary<(string Path, long Generation), (byte[] Body, string Hash)> documents = new();

    public Task RootAsync(HttpContext http)
    {
        var paths = new JsonObject();
        foreach (var (group, version) in resources.All.Select(resource => (resource.Group, resource.Version)).Distinct())
        {
            var path = PathOf(group, version);
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={Document(group, version).Hash}" };
        }
        return Answer.JsonAsync(http, 200, new JsonObject { ["paths"] = paths });
    }

    /// <param name="http">The request; a stale ?hash is redirected.</param>
    /// <param name="group">"" for core.</param>
    /// <param name="version">The version in that group.</param>
    public async Task DocumentAsync(HttpContext http, string group, string version)
    {
        if (!resources.HasGroupVersion(group, version))
        {
            throw StatusErrors.PageNotFound();
        }
        var (body, hash) = Document(group, version);
        var response = http.Response;
        var asked = http.Request.Query["hash"].ToString();
        if (asked.Length > 0 && asked != hash)
        {
            response.StatusCode = 301;
            response.Headers.Location = $"/openapi/v3/{PathOf(group, version)}?hash={hash}";
            return;
        }
        var tag = $"\"{hash}\"";
        response.Headers.ETag = tag;
        response.Headers.Vary = "Accept";
        if (asked.Length > 0)
        {
            response.Headers.CacheControl = "public, immutable";
            response.Headers.Expires = "Fri, 31 Dec 2100 23:59:59 GMT";
        }
        if (http.Request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = 304;
            return;
        }
        await Answer.JsonAsync(http, 200, body);
    }

    private static string PathOf(string group, string version) => group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";

    private (byte[] Body, string Hash) Document(string group, string version)
    {
        // built-in groups never change, so that a new definition does not make them again
        var custom = resources.All.Any(resource => resource.Group == group && resource.Custom is not null);
        return documents.GetOrAdd((PathOf(group, version), custom ? resources.Generation : 0), _ =>
        {
            var body = CanonicalJson.WritePlain(OpenApiV3.Document(resources.All.Where(resource => resource.Group == group && resource.Version == version)));
            return (body, Convert.ToHexString(SHA256.HashData(body)));
        });
    }
}
