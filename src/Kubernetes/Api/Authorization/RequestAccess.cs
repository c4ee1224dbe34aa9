using Kubernetes.Api.Authentication;
using Kubernetes.Api.Requests;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Authorization;

/// <summary>A request as authorization sees it (apiserver endpoints/request).</summary>
internal static class RequestAccess
{
    private const string NameSelector = "metadata.name=";

    public static AccessAttributes Of(HttpContext http, RequestInfo info, UserInfo user)
    {
        var verb = http.Request.Method switch
        {
            "GET" or "HEAD" when http.Request.Query["watch"] is [.., "true" or "1" or "True" or "t"] => "watch",
            "GET" or "HEAD" => info.Name is null ? "list" : "get",
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => info.Name is null ? "deletecollection" : "delete",
            var other => other.ToLowerInvariant(),
        };
        var resource = info.Subresource is null ? info.Plural : $"{info.Plural}/{info.Subresource}";
        var space = info.Namespace ?? (info is { Group: "", Plural: "namespaces", Name: { } name } ? name : "");
        return new AccessAttributes(user, verb, info.Group, resource, space, info.Name ?? SelectedName(http, verb));
    }

    /// <summary>
    /// A WebSocket is opened with GET, but running a command changes things: who may only read pods must not (apiserver feature
    /// AuthorizePodWebsocketUpgradeCreatePermission, on since 1.35).
    /// </summary>
    public static bool IsUpgrade(AccessAttributes access) =>
        access is { Verb: "get", Group: "", Resource: "pods/exec" or "pods/attach" or "pods/portforward" };

    public static AccessAttributes OfPath(UserInfo user, string method, string path) =>
        new(user, method is "GET" or "HEAD" ? "get" : method.ToLowerInvariant(), "", "", "", "") { Path = path };

    /// <summary>Who may list or watch one name may do it by field selector (apiserver endpoints/request/requestinfo.go).</summary>
    private static string SelectedName(HttpContext http, string verb) => verb is "list" or "watch"
        ? http.Request.Query["fieldSelector"].ToString().Split(',')
            .Where(term => term.StartsWith(NameSelector, StringComparison.Ordinal)).Select(term => term[NameSelector.Length..].TrimStart('=')).FirstOrDefault() ?? ""
        : "";
}
