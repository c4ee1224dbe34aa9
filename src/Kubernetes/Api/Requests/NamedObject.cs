using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Store;

namespace Kubernetes.Api.Requests;

/// <summary>The object that a request names.</summary>
internal static class NamedObject
{
    /// <summary>As it is stored.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public static StoredObject Stored(this ApiContext api, ApiRequest request)
        => api.Store.Find(request.Resource.Key(request.Info.Namespace ?? "", request.Info.Name!)) ?? throw StatusErrors.NotFound(request.Resource, request.Info.Name!);

    /// <summary>As JSON.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public static JsonObject Named(this ApiContext api, ApiRequest request) => Metadata.Tree(api.Stored(request).Value);
}
