using Kubernetes.Api.Authentication;
using Kubernetes.Api.Requests;

namespace Kubernetes.Api.Authorization;

/// <summary>A request as authorization sees it (apiserver endpoints/request).</summary>
internal static class RequestAccess
{
    public static AccessAttributes Of(ApiRequest request)
    {
        var info = request.Info;
        var verb = request.Http.Request.Method switch
        {
            "GET" or "HEAD" when request.Flag("watch") => "watch",
            "GET" or "HEAD" => info.Name is null ? "list" : "get",
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => info.Name is null ? "deletecollection" : "delete",
            var other => other.ToLowerInvariant(),
        };
        var resource = info.Subresource is null ? info.Plural : $"{info.Plural}/{info.Subresource}";
        var space = info.Namespace ?? (info is { Group: "", Plural: "namespaces", Name: { } name } ? name : "");
        return new AccessAttributes(request.User, verb, info.Group, resource, space, info.Name ?? "");
    }

    public static AccessAttributes OfPath(UserInfo user, string method, string path) =>
        new(user, method == "GET" ? "get" : method.ToLowerInvariant(), "", "", "", "") { Path = path };
}
