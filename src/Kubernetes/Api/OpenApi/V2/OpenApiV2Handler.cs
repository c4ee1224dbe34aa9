using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.OpenApi.V2;

/// <summary>/openapi/v2 in JSON and protobuf, made when first asked and kept until what is served changes (kube-openapi handler).</summary>
internal sealed class OpenApiV2Handler(ResourceRegistry resources)
{
    private const string Json = "application/json";
    private const string Protobuf = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    // what clients ask for: the @ is not allowed in a media type, so that it is answered with the other name
    private const string ProtobufAsked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Generation, byte[] Body, string Tag)> made = [];

    public async Task DocumentAsync(HttpContext http)
    {
        var type = Wanted(http.Request.Headers.Accept.ToString()) ?? throw StatusErrors.NotAcceptable(Json, ProtobufAsked);
        var (body, tag) = Document(type);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.Vary = "Accept";
        if (http.Request.Headers.IfNoneMatch == tag)
        {
            http.Response.StatusCode = 304;
            return;
        }
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static string? Wanted(string accept)
    {
        if (accept.Length == 0)
        {
            return Json;
        }
        foreach (var clause in accept.Split(','))
        {
            switch (clause.Split(';')[0].Trim())
            {
                case Json or "*/*" or "application/*":
                    return Json;
                case Protobuf or ProtobufAsked:
                    return Protobuf;
            }
        }
        return null;
    }

    private (byte[] Body, string Tag) Document(string type)
    {
        lock (gate)
        {
            var generation = resources.Generation;
            if (!made.TryGetValue(type, out var document) || document.Generation != generation)
            {
                var body = Encode(OpenApiV2.Document(resources.All), type);
                made[type] = document = (generation, body, $"\"{Convert.ToHexString(SHA256.HashData(body))}\"");
            }
            return (document.Body, document.Tag);
        }
    }

    private static byte[] Encode(JsonObject document, string type) => type == Json ? CanonicalJson.WritePlain(document) : SwaggerProtobuf.Write(document);
}
