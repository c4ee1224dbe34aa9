using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching;

/// <summary>The body of a PATCH by its content type.</summary>
internal static class PatchRequest
{
    public const string Json = "application/json-patch+json";
    public const string Merge = "application/merge-patch+json";
    public const string Strategic = "application/strategic-merge-patch+json";
    public const string ApplyYaml = "application/apply-patch+yaml";

    /// <summary>A function from the current object to the patched one; it may be called several times.</summary>
    public static Func<JsonObject, JsonObject> Parse(byte[] bytes, string mediaType, ResourceInfo resource)
    {
        if (mediaType is not (Json or Merge or Strategic) || (mediaType == Strategic && resource.Custom is not null))
        {
            throw resource.Custom is null
                ? new ApiException(415, "UnsupportedMediaType", "415: Unsupported Media Type", []) // the router's own answer
                : StatusErrors.UnsupportedMediaType(Json, Merge, ApplyYaml);
        }
        var patch = Body(bytes);
        if (mediaType == Json)
        {
            return document => JsonPatch.Apply(document, patch);
        }
        var change = patch as JsonObject ?? throw StatusErrors.BadRequest("error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");
        return mediaType == Merge
            ? document => MergePatch.Apply(document, change)
            : document => StrategicMergePatch.Apply(document, change, resource.Schema.Value);
    }

    private static JsonNode? Body(byte[] bytes)
    {
        try
        {
            return JsonBody.Parse(bytes).Root;
        }
        catch (JsonException e)
        {
            throw StatusErrors.BadRequest($"error decoding patch: {e.Message}");
        }
    }
}
