using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Requests;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;
using Kubernetes.Api.Wire.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Discovery;

/// <summary>/version, /api, /apis and the resource lists.</summary>
internal sealed class DiscoveryHandler(ResourceRegistry resources)
{
    private const string Json = "application/json";

    public static Task VersionAsync(HttpContext http) => Answer.JsonAsync(http, 200, ServedVersion.Info());

    public Task RootAsync(HttpContext http, string root)
    {
        http.Response.Headers.Vary = "Accept";
        return WantedAggregation(http) is { } wanted
            ? AggregatedAsync(http, root == "api", wanted)
            : Answer.DocumentAsync(http, 200, root == "api" ? DiscoveryDocuments.CoreVersions() : DiscoveryDocuments.GroupList(resources.All));
    }

    public Task GroupAsync(HttpContext http, string group) =>
        DiscoveryDocuments.Group(resources.All, group) is { } document ? Answer.DocumentAsync(http, 200, document) : NothingHereAsync(http);

    public Task VersionResourcesAsync(HttpContext http, string group, string version) =>
        resources.HasGroupVersion(group, version)
            ? Answer.DocumentAsync(http, 200, DiscoveryDocuments.ResourceList(resources.All, group, version))
            : DiscoveryDocuments.Group(resources.All, group) is null && group.Length > 0 ? NothingHereAsync(http) : throw StatusErrors.PageNotFound();

    /// <summary>The paths there are (apiserver server/routes/index.go).</summary>
    public Task IndexAsync(HttpContext http) => Answer.JsonAsync(http, 200, new JsonObject
    {
        ["paths"] = new JsonArray([.. DiscoveryDocuments.Paths(resources.All).Order(StringComparer.Ordinal).Select(path => (JsonNode)path)]),
    });

    /// <summary>Go's own answer: nothing below has taken the request.</summary>
    public static Task NothingHereAsync(HttpContext http) => Answer.TextAsync(http, 404, "404 page not found\n");

    /// <summary>The best alternative that can be answered, if it is the aggregated one.</summary>
    private static AcceptClause? WantedAggregation(HttpContext http)
    {
        foreach (var clause in AcceptClause.Parse(http.Request.Headers.Accept).Where(clause => clause.MediaType is Json or ProtobufBody.MediaType))
        {
            if (clause.Parameter("g") != "apidiscovery.k8s.io")
            {
                return null;
            }
            if (clause.Parameter("as") == "APIGroupDiscoveryList" && clause.Parameter("v") is "v2" or "v2beta1")
            {
                return clause;
            }
        }
        return null;
    }

    private async Task AggregatedAsync(HttpContext http, bool core, AcceptClause wanted)
    {
        var version = wanted.Parameter("v")!;
        var json = CanonicalJson.WritePlain(DiscoveryDocuments.Aggregated(resources.All, core, version));
        var body = wanted.MediaType == Json ? json : ProtobufBody.Write(json);
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(body))}\"";
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch == tag)
        {
            http.Response.StatusCode = 304;
            return;
        }
        // clients pick their decoder by these parameters
        http.Response.ContentType = $"{wanted.MediaType};g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
