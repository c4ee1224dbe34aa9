using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;
using Kubernetes.Api.Wire.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Requests;

/// <summary>Reads request bodies: JSON, YAML or protobuf, within the size limit.</summary>
internal static class BodyReader
{
    public static string MediaType(HttpContext http) => (http.Request.ContentType ?? "application/json").Split(';')[0].Trim();

    /// <summary>An object of the request's kind, with apiVersion and kind checked against the URL, and without unknown fields.</summary>
    public static async Task<JsonObject> ObjectAsync(ApiRequest request)
    {
        var body = await ParseAsync(request, protobuf: request.Resource.Custom is null);
        var document = Document(request, body);
        RefuseOtherKind(document, request);
        CheckKind(document, request.Resource.ApiVersion, request.Resource.Kind);
        FieldValidation.Apply(request, document, body.DuplicateFields);
        return document;
    }

    /// <summary>An object of another kind, as subresources take.</summary>
    public static async Task<JsonObject> ObjectAsync(ApiRequest request, string apiVersion, string kind)
    {
        var document = Document(request, await ParseAsync(request, protobuf: true));
        CheckKind(document, apiVersion, kind);
        return document;
    }

    /// <summary>DeleteOptions, or null when there is no body.</summary>
    public static async Task<JsonNode?> OptionsAsync(ApiRequest request)
    {
        var bytes = await BodyBytes.ReadAsync(request.Http);
        return bytes.Length == 0 ? null : Parse(bytes, MediaType(request.Http), protobuf: true).Root;
    }

    private static async Task<JsonBody> ParseAsync(ApiRequest request, bool protobuf) =>
        Parse(await BodyBytes.ReadAsync(request.Http), MediaType(request.Http), protobuf);

    private static JsonObject Document(ApiRequest request, JsonBody body) => body.Root as JsonObject
        ?? throw StatusErrors.BadRequest($"the object provided is unrecognized (must be of type {request.Resource.Kind}): couldn't get version/kind; json parse error: json: cannot unmarshal {body.Root?.GetValueKind().ToString().ToLowerInvariant() ?? "null"} into Go value of type struct");

    private static JsonBody Parse(byte[] bytes, string mediaType, bool protobuf)
    {
        try
        {
            return mediaType switch
            {
                "application/json" or "" => JsonBody.Parse(bytes),
                "application/yaml" or "application/x-yaml" => YamlBody.Parse(bytes),
                ProtobufBody.MediaType when protobuf => new JsonBody(ProtobufBody.Parse(bytes), []),
                _ when protobuf => throw StatusErrors.UnsupportedMediaType("application/json", "application/yaml", ProtobufBody.MediaType),
                _ => throw StatusErrors.UnsupportedMediaType("application/json", "application/yaml"),
            };
        }
        catch (JsonException e)
        {
            throw StatusErrors.BadRequest($"error decoding request body: {e.Message}");
        }
    }

    /// <summary>Another kind of the right version fails in the conversion, or, of custom resources, in the validation.</summary>
    private static void RefuseOtherKind(JsonObject document, ApiRequest request)
    {
        var resource = request.Resource;
        if (document.Text("kind") is not { Length: > 0 } kind || kind == resource.Kind || document.Text("apiVersion") is { } version && version != resource.ApiVersion)
        {
            return;
        }
        if (resource.Custom is null)
        {
            var package = resource.Group.Length == 0 ? "core" : resource.Group.Split('.')[0];
            throw StatusErrors.BadRequest(
                $"{kind} in version \"{resource.Version}\" cannot be handled as a {resource.Kind}: converting ({resource.Version}.{kind}) to ({package}.{resource.Kind}): unknown conversion");
        }
        var errors = new FieldErrors();
        errors.Invalid("kind", kind, $"must be {resource.Kind}");
        throw errors.ToException(resource.Group, kind, document.Text("metadata", "name") ?? "");
    }

    public static void CheckKind(JsonObject document, string apiVersion, string kind)
    {
        var sentVersion = document.Text("apiVersion");
        var sentKind = document.Text("kind");
        if (!string.IsNullOrEmpty(sentVersion) && sentVersion != apiVersion)
        {
            throw StatusErrors.BadRequest($"the API version in the data ({sentVersion}) does not match the expected API version ({apiVersion})");
        }
        if (!string.IsNullOrEmpty(sentKind) && sentKind != kind)
        {
            throw StatusErrors.BadRequest($"the kind in the data ({sentKind}) does not match the expected kind ({kind})");
        }
        document["apiVersion"] = apiVersion;
        document["kind"] = kind;
    }

    /// <summary>Fills in the URL's namespace and name, or refuses others.</summary>
    public static void CheckName(ApiRequest request, JsonObject document, string? name)
    {
        var metadata = document.Sub("metadata");
        var sent = metadata.Text("name");
        if (name is not null)
        {
            if (!string.IsNullOrEmpty(sent) && sent != name)
            {
                throw StatusErrors.BadRequest($"the name of the object ({sent}) does not match the name on the URL ({name})");
            }
            metadata["name"] = name;
        }
        var space = metadata.Text("namespace");
        if (request.Resource.Namespaced)
        {
            if (!string.IsNullOrEmpty(space) && space != request.Info.Namespace)
            {
                throw StatusErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
            }
            metadata["namespace"] = request.Info.Namespace;
        }
        else if (!string.IsNullOrEmpty(space))
        {
            throw StatusErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }
}
