using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kubernetes.Api.Streaming;

/// <summary>
/// A WebSocket whose messages carry the bytes of another protocol. Its subprotocol has a slash in its name (<c>SPDY/3.1+portforward.k8s.io</c>), which
/// .NET's own handshake refuses and RFC 6455 does not allow; client-go asks for it all the same (apimachinery util/portforward constants).
/// </summary>
internal static class WebSocketTunnel
{
    private const string HandshakeId = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3

    public static async Task<WebSocket> AcceptAsync(HttpContext http, string protocol)
    {
        var headers = http.Response.Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(http.Request.Headers.SecWebSocketKey.ToString());
        headers.SecWebSocketProtocol = protocol;
        var connection = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return WebSocket.CreateFromStream(connection, new WebSocketCreationOptions { IsServer = true });
    }

    // the protocol itself asks for SHA-1: it only shows that the other end speaks WebSocket
#pragma warning disable CA5350
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + HandshakeId)));
#pragma warning restore CA5350
}
