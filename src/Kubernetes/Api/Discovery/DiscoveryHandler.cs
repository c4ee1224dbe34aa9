using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Requests;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Discovery;

/// <summary>/version, /api, /apis and the resource lists.</summary>
internal sealed class DiscoveryHandler(ResourceRegistry resources)
{
    private static readonly string[] AggregatedVersions = ["v2", "v2beta1"];

    public static Task VersionAsync(HttpContext http) => Answer.JsonAsync(http, 200, ServedVersion.Info());

    public Task RootAsync(HttpContext http, string root)
    {
        http.Response.Headers.Vary = "Accept";
        return WantedAggregation(http) is { } version
            ? AggregatedAsync(http, root == "api", version)
            : Answer.JsonAsync(http, 200, root == "api" ? DiscoveryDocuments.CoreVersions() : DiscoveryDocuments.GroupList(resources.All));
    }

    public Task GroupAsync(HttpContext http, string group) =>
        DiscoveryDocuments.Group(resources.All, group) is { } document ? Answer.JsonAsync(http, 200, document) : NothingHereAsync(http);

    public Task VersionResourcesAsync(HttpContext http, string group, string version) =>
        resources.HasGroupVersion(group, version)
            ? Answer.JsonAsync(http, 200, DiscoveryDocuments.ResourceList(resources.All, group, version))
            : DiscoveryDocuments.Group(resources.All, group) is null && group.Length > 0 ? NothingHereAsync(http) : throw StatusErrors.PageNotFound();

    /// <summary>The paths there are (apiserver server/routes/index.go).</summary>
    public Task IndexAsync(HttpContext http) => Answer.JsonAsync(http, 200, new JsonObject
    {
        ["paths"] = new JsonArray([.. DiscoveryDocuments.Paths(resources.All).Order(StringComparer.Ordinal).Select(path => (JsonNode)path)]),
    });

    /// <summary>Go's own answer: nothing below has taken the request.</summary>
    public static Task NothingHereAsync(HttpContext http) => Answer.TextAsync(http, 404, "404 page not found\n");

    private static string? WantedAggregation(HttpContext http)
    {
        foreach (var clause in http.Request.Headers.Accept.ToString().Split(','))
        {
            var parts = clause.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] != "application/json")
            {
                continue;
            }
            if (!parts.Contains("g=apidiscovery.k8s.io"))
            {
                return null;
            }
            if (parts.Contains("as=APIGroupDiscoveryList") && AggregatedVersions.FirstOrDefault(version => parts.Contains($"v={version}")) is { } wanted)
            {
                return wanted;
            }
        }
        return null;
    }

    private async Task AggregatedAsync(HttpContext http, bool core, string version)
    {
        var body = CanonicalJson.WritePlain(DiscoveryDocuments.Aggregated(resources.All, core, version));
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(body))}\"";
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch == tag)
        {
            http.Response.StatusCode = 304;
            return;
        }
        // clients pick their decoder by these parameters
        http.Response.ContentType = $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
