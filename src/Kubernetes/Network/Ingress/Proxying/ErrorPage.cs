using Microsoft.AspNetCore.Http;

namespace Kubernetes.Network.Ingress.Proxying;

/// <summary>What the ingress answers itself, in nginx' form.</summary>
internal static class ErrorPage
{
    public static Task NoRouteAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("default backend - 404", context.RequestAborted);
    }

    public static Task NoEndpointsAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "503 Service Temporarily Unavailable");

    public static Task BadGatewayAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status502BadGateway, "502 Bad Gateway");

    private static Task WriteAsync(HttpContext context, int code, string title)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(
            $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
            context.RequestAborted);
    }
}
