using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Requests.Handlers;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Requests;

/// <summary>From method and path of a resource to its handler.</summary>
internal sealed class ResourceRouter(ApiContext api, CancellationToken serverStopping)
{
    private readonly ObjectHandlers objects = new(api);
    private readonly ListHandler lists = new(api);
    private readonly WatchHandler watches = new(api, serverStopping);
    private readonly CollectionHandlers collections = new(api);
    private readonly ScaleHandler scales = new(api);
    private readonly PodHandlers pods = new(api);
    private readonly EvictionHandler evictions = new(api);
    private readonly PodExecHandler execs = new(api, serverStopping);
    private readonly PodAttachHandler attachments = new(api, serverStopping);
    private readonly PodPortForwardHandler forwarders = new(api, serverStopping);
    private readonly PodLogHandler logs = new(api);
    private readonly ReviewHandlers reviews = new(api);
    private readonly TokenHandlers tokens = new(api);

    public Task RouteAsync(ApiRequest request)
    {
        var method = request.Http.Request.Method;
        return request.Info.Subresource switch
        {
            null when ReviewHandlers.Handles(request) => method == "POST" ? reviews.ReviewAsync(request) : throw StatusErrors.MethodNotAllowed(),
            null when request.Resource is { Group: "", Plural: "bindings" } => method == "POST" ? pods.BindAsync(request, null) : throw StatusErrors.MethodNotAllowed(),
            null when request.Info.Name is null => Collection(request, method),
            null => Object(request, method),
            var subresource when !request.Resource.Subresources.Contains(subresource) => throw StatusErrors.PageNotFound(),
            "scale" => Scale(request, method),
            "binding" when method == "POST" => pods.BindAsync(request, request.Info.Name),
            "log" when method == "GET" => logs.ReadAsync(request),
            "eviction" when method == "POST" => evictions.EvictAsync(request),
            "exec" when method is "GET" or "POST" => execs.ExecAsync(request),
            "attach" when method is "GET" or "POST" => attachments.AttachAsync(request),
            "portforward" when method is "GET" or "POST" => forwarders.ForwardAsync(request),
            "token" when method == "POST" => tokens.IssueAsync(request),
            "status" or "finalize" or "ephemeralcontainers" => Part(request, method),
            _ => throw StatusErrors.MethodNotAllowed(),
        };
    }

    private Task Collection(ApiRequest request, string method)
    {
        // a namespaced resource without a namespace can only be read
        var writable = !request.Resource.Namespaced || request.Info.Namespace is not null;
        return method switch
        {
            "GET" when request.Flag("watch") => watches.WatchAsync(request),
            "GET" => lists.ListAsync(request),
            "POST" when writable => objects.CreateAsync(request),
            "DELETE" when request.Resource.Verbs.Contains("deletecollection") => collections.DeleteAsync(request),
            _ => throw StatusErrors.MethodNotAllowed(),
        };
    }

    private Task Object(ApiRequest request, string method) => method switch
    {
        "GET" when request.Flag("watch") => watches.WatchAsync(request),
        "GET" => objects.GetAsync(request),
        "PUT" => objects.UpdateAsync(request),
        "PATCH" => objects.PatchAsync(request),
        "DELETE" => objects.DeleteAsync(request),
        _ => throw StatusErrors.MethodNotAllowed(),
    };

    private Task Part(ApiRequest request, string method) => method switch
    {
        "GET" => objects.GetAsync(request),
        "PUT" => objects.UpdateAsync(request),
        "PATCH" => objects.PatchAsync(request),
        _ => throw StatusErrors.MethodNotAllowed(),
    };

    private Task Scale(ApiRequest request, string method) => method switch
    {
        "GET" => scales.GetAsync(request),
        "PUT" => scales.UpdateAsync(request),
        "PATCH" => scales.PatchAsync(request),
        _ => throw StatusErrors.MethodNotAllowed(),
    };
}
