using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Kubernetes.Network.Ingress.Proxying;

/// <summary>Passes a request on with its own Host and the headers that ingress-nginx adds.</summary>
internal sealed class ForwardedHeaders : HttpTransformer
{
    public static ForwardedHeaders Instance { get; } = new();

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var client = httpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        var host = httpContext.Request.Host.Value ?? "";
        proxyRequest.Headers.Host = host;
        Set("X-Request-ID", httpContext.Request.Headers["X-Request-ID"].FirstOrDefault() ?? httpContext.TraceIdentifier);
        Set("X-Real-IP", client);
        Set("X-Forwarded-For", client);
        Set("X-Forwarded-Host", host);
        Set("X-Forwarded-Port", $"{httpContext.Request.Host.Port ?? 80}");
        Set("X-Forwarded-Proto", httpContext.Request.Scheme);
        Set("X-Forwarded-Scheme", httpContext.Request.Scheme);
        Set("X-Scheme", httpContext.Request.Scheme);

        void Set(string name, string value)
        {
            proxyRequest.Headers.Remove(name);
            proxyRequest.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
