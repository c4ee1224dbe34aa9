using Kubernetes.Api.Authentication;
using Kubernetes.Api.Authorization;
using Kubernetes.Api.Discovery;
using Kubernetes.Api.Errors;
using Kubernetes.Api.OpenApi;
using Kubernetes.Api.OpenApi.V2;
using Kubernetes.Api.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Api.Requests;

/// <summary>Every request: authentication, then health, discovery or a resource; every failure a Status.</summary>
internal sealed class RequestPipeline(ApiContext api, ILogger logger, CancellationToken serverStopping)
{
    private readonly ResourceRouter router = new(api, serverStopping);
    private readonly DiscoveryHandler discovery = new(api.Resources);
    private readonly OpenApiHandler openApi = new(api.Resources);
    private readonly OpenApiV2Handler swagger = new(api.Resources);

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await RouteAsync(http);
        }
        catch (ApiException e)
        {
            await ErrorAsync(http, e);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested || serverStopping.IsCancellationRequested)
        {
            // nobody is left to answer
        }
        catch (BadHttpRequestException e)
        {
            await ErrorAsync(http, StatusErrors.BadRequest(e.Message));
        }
        catch (Exception e)
        {
            logger.LogError(e, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            await ErrorAsync(http, StatusErrors.Internal(e.Message));
        }
    }

    private static Task ErrorAsync(HttpContext http, ApiException error) =>
        http.Response.HasStarted ? Task.CompletedTask : Answer.ErrorAsync(http, error);

    private Task RouteAsync(HttpContext http)
    {
        var segments = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (segments)
        {
            // readable without a token, as by upstream's role system:public-info-viewer
            case ["version"]:
                return DiscoveryHandler.VersionAsync(http);
            case ["healthz" or "livez" or "readyz", ..]:
                return Answer.TextAsync(http, 200, "ok");
        }
        var user = Impersonation.Apply(http.Request.Headers, api.Authenticator.Authenticate(http), api.Authorizer);
        if (segments is not (["api", _, _, ..] or ["apis", _, _, _, ..]))
        {
            api.Authorizer.Require(RequestAccess.OfPath(user, http.Request.Method, http.Request.Path.Value!));
        }
        return segments switch
        {
            ["api"] or ["apis"] => discovery.RootAsync(http, segments[0]),
            ["openapi", "v2"] => swagger.DocumentAsync(http),
            ["openapi", "v3"] => openApi.RootAsync(http),
            ["openapi", "v3", "api", var version] => openApi.DocumentAsync(http, "", version),
            ["openapi", "v3", "apis", var group, var version] => openApi.DocumentAsync(http, group, version),
            ["api", var version] => discovery.VersionResourcesAsync(http, "", version),
            ["apis", var group] => discovery.GroupAsync(http, group),
            ["apis", var group, var version] => discovery.VersionResourcesAsync(http, group, version),
            ["api", var version, ..] => ResourceAsync(http, user, "", version, segments.AsSpan(2)),
            ["apis", var group, var version, ..] => ResourceAsync(http, user, group, version, segments.AsSpan(3)),
            [] => discovery.IndexAsync(http),
            _ => DiscoveryHandler.NothingHereAsync(http),
        };
    }

    private Task ResourceAsync(HttpContext http, UserInfo user, string group, string version, ReadOnlySpan<string> segments)
    {
        var info = RequestInfo.Parse(group, version, segments) ?? throw StatusErrors.PageNotFound();
        // before anything is said about what exists
        var access = RequestAccess.Of(http, info, user);
        api.Authorizer.Require(access);
        if (RequestAccess.IsUpgrade(access))
        {
            api.Authorizer.Require(access with { Verb = "create" });
        }
        var resource = api.Resources.Find(group, version, info.Plural) ?? throw StatusErrors.PageNotFound();
        if (!resource.Namespaced && info.Namespace is not null)
        {
            throw StatusErrors.PageNotFound();
        }
        return router.RouteAsync(new ApiRequest(http, info, resource, user));
    }
}
