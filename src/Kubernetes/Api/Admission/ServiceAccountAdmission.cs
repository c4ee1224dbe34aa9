using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>
/// Pods run as a service account that exists, with its token, the cluster's certificate authority and their namespace as files, and pull
/// images with its secrets (kubernetes plugin/pkg/admission/serviceaccount). <c>default</c> may still be on its way: it is made after its namespace.
/// </summary>
internal sealed class ServiceAccountAdmission(ApiContext api)
{
    private const string Default = "default";

    public void Admit(AdmissionAttributes attributes)
    {
        if (attributes is not { Operation: "CREATE", Object: { } pod, Request: { Subresource: null } request } || !attributes.Is("", "pods"))
        {
            return;
        }
        var spec = pod.Sub("spec");
        if (string.IsNullOrEmpty(spec.Text("serviceAccountName")))
        {
            spec["serviceAccountName"] = Default;
            spec["serviceAccount"] = Default;
        }
        var name = spec.Text("serviceAccountName")!;
        var account = api.Store.Find(new("serviceaccounts", request.Namespace, name)) is { } stored ? Metadata.Tree(stored.Value) : null;
        if (account is null && name != Default)
        {
            throw StatusErrors.Forbidden(
                request.Resource, request.Name, $"error looking up service account {request.Namespace}/{name}: serviceaccount \"{name}\" not found");
        }
        if (spec.Flag("automountServiceAccountToken") ?? account.Flag("automountServiceAccountToken") ?? true)
        {
            ApiAccessVolume.Mount(spec, api.Names);
        }
        if (spec.Array("imagePullSecrets") is not { Count: > 0 } && account.Array("imagePullSecrets") is { Count: > 0 } secrets)
        {
            spec["imagePullSecrets"] = secrets.DeepClone();
        }
    }
}
