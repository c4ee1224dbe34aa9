using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>Nothing is made in a namespace that is missing or going; the system's own namespaces stay (apiserver admission/plugin/namespace/lifecycle).</summary>
internal static class NamespaceLifecycle
{
    private static readonly string[] Immortal = ["default", "kube-system", "kube-public"];

    public static void CheckCreate(ApiContext api, WriteRequest request)
    {
        if (!request.Resource.Namespaced)
        {
            return;
        }
        var namespaces = api.Resources.Find("", "v1", "namespaces")!;
        var space = api.Store.Find(namespaces.Key("", request.Namespace)) ?? throw StatusErrors.NotFound(namespaces, request.Namespace);
        var document = Selectors.ObjectAttributes.Of(space, namespaces);
        if (document.Field("status.phase") != "Terminating")
        {
            return;
        }
        var why = $"unable to create new content in namespace {request.Namespace} because it is being terminated";
        var cause = new JsonObject
        {
            ["reason"] = "NamespaceTerminating",
            ["message"] = $"namespace {request.Namespace} is being terminated",
            ["field"] = "metadata.namespace",
        };
        throw StatusErrors.Forbidden(request.Resource, request.Name, why, new JsonArray(cause));
    }

    public static void CheckDelete(WriteRequest request)
    {
        if (request.Resource is { Group: "", Plural: "namespaces" } && Immortal.Contains(request.Name))
        {
            throw StatusErrors.Forbidden(request.Resource, request.Name, "this namespace may not be deleted");
        }
    }
}
