using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;
using Kubernetes.Api.Wire.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Requests;

/// <summary>Writes whole bodies: JSON, and protobuf to those who prefer it. Whatever is answered is made as JSON.</summary>
internal static class Answer
{
    public static Task JsonAsync(HttpContext http, int code, JsonNode body) => JsonAsync(http, code, CanonicalJson.WritePlain(body));

    public static Task JsonAsync(HttpContext http, int code, ReadOnlyMemory<byte> body) => BodyAsync(http, code, "application/json", body);

    public static Task ObjectAsync(ApiRequest request, int code, JsonNode body) => ObjectAsync(request, code, CanonicalJson.WritePlain(body));

    /// <summary>What a resource answers, as the request wants to see it.</summary>
    public static Task ObjectAsync(ApiRequest request, int code, ReadOnlyMemory<byte> body) => EncodedAsync(request.Http, code, body, request.View.Protobuf);

    /// <summary>What has no other views.</summary>
    public static Task DocumentAsync(HttpContext http, int code, JsonNode body) =>
        EncodedAsync(http, code, CanonicalJson.WritePlain(body), AcceptedView.IsProtobuf(http.Request.Headers.Accept));

    private static Task EncodedAsync(HttpContext http, int code, ReadOnlyMemory<byte> body, bool protobuf) => protobuf
        ? BodyAsync(http, code, ProtobufBody.MediaType, ProtobufBody.Write(body))
        : JsonAsync(http, code, body);

    private static async Task BodyAsync(HttpContext http, int code, string type, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    public static Task TextAsync(HttpContext http, int code, string text)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    public static Task ErrorAsync(HttpContext http, ApiException error)
    {
        if (error.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString();
        }
        if (error.Code == 401)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }
        var status = CanonicalJson.WritePlain(error.ToStatus());
        return EncodedAsync(http, error.Code, status, AcceptedView.IsProtobufForErrors(http.Request.Headers.Accept));
    }
}
