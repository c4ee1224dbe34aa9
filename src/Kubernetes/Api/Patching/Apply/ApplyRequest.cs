using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Requests;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>The checks of an apply patch (apimachinery meta/v1/validation, managedfields/structuredmerge.go).</summary>
internal static class ApplyRequest
{
    /// <summary>The applied configuration.</summary>
    public static JsonObject Parse(ApiRequest request, byte[] bytes)
    {
        var errors = new FieldErrors();
        if (string.IsNullOrEmpty(request.Query("fieldManager")))
        {
            errors.Required("fieldManager", "is required for apply patch");
            throw errors.ToException("meta.k8s.io", "PatchOptions", "");
        }
        var body = Body(bytes);
        var applied = body.Root as JsonObject ?? throw StatusErrors.BadRequest("error decoding YAML: not an object");
        if (applied.Text("apiVersion") is null or "" || applied.Text("kind") is null or "")
        {
            throw StatusErrors.BadRequest("error decoding patch: apiVersion and kind must be set");
        }
        BodyReader.CheckKind(applied, request.Resource.ApiVersion, request.Resource.Kind);
        BodyReader.CheckName(request, applied, request.Info.Name);
        if (applied.At("metadata", "managedFields") is not null)
        {
            throw StatusErrors.BadRequest("metadata.managedFields must be nil");
        }
        FieldValidation.Apply(request, applied, body.DuplicateFields);
        return applied;
    }

    /// <exception cref="ApiException">422: force is for apply only.</exception>
    public static void RefuseForce(ApiRequest request)
    {
        if (request.Query("force") is not null)
        {
            var errors = new FieldErrors();
            errors.Forbidden("force", "may not be specified for non-apply patch");
            throw errors.ToException("meta.k8s.io", "PatchOptions", "");
        }
    }

    private static JsonBody Body(byte[] bytes)
    {
        try
        {
            return YamlBody.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw StatusErrors.BadRequest($"error decoding YAML: {e.Message}");
        }
    }
}
