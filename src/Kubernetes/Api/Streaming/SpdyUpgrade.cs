using Kubernetes.Api.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kubernetes.Api.Streaming;

/// <summary>The upgrade of an HTTP/1.1 connection to SPDY/3.1 (apimachinery pkg/util/httpstream).</summary>
internal static class SpdyUpgrade
{
    private const string Spdy = "SPDY/3.1";
    private const string ProtocolHeader = "X-Stream-Protocol-Version";

    public static bool IsAsked(HttpContext http)
        => http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && http.Request.Headers.Upgrade.Any(asked => string.Equals(asked, Spdy, StringComparison.OrdinalIgnoreCase));

    /// <returns>The connection, from now on bytes both ways.</returns>
    /// <exception cref="ApiException">The client speaks another protocol over its streams.</exception>
    public static Task<Stream> AcceptAsync(HttpContext http, string protocol)
    {
        var asked = http.Request.Headers[ProtocolHeader].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)).ToList();
        if (!asked.Contains(protocol))
        {
            http.Response.Headers["X-Accepted-Stream-Protocol-Versions"] = protocol;
            throw new ApiException(403, "Forbidden", $"unable to upgrade: unable to negotiate protocol: client supports [{string.Join(' ', asked)}], server accepts [{protocol}]");
        }
        http.Response.Headers.Upgrade = Spdy;
        http.Response.Headers[ProtocolHeader] = protocol;
        return http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }
}
