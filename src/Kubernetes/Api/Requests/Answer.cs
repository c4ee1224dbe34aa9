using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Requests;

/// <summary>Writes whole JSON bodies.</summary>
internal static class Answer
{
    public static Task JsonAsync(HttpContext http, int code, JsonNode body) => JsonAsync(http, code, CanonicalJson.WritePlain(body));

    public static async Task JsonAsync(HttpContext http, int code, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
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
        return JsonAsync(http, error.Code, error.ToStatus());
    }
}
