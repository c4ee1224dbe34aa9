using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Streaming;
using Kubernetes.Api.Streaming.PortForward;
using Kubernetes.Api.Streaming.Spdy;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>
/// pods/portforward (kubernetes pkg/registry/core/pod/rest PortForwardREST): SPDY in a WebSocket, which kubectl asks for first (KEP-4006), SPDY by
/// upgrade, which it falls back to, and the channels of a WebSocket.
/// </summary>
internal sealed class PodPortForwardHandler(ApiContext api, CancellationToken serverStopping)
{
    private const string Tunnel = "SPDY/3.1+" + SpdyPortForward.Protocol;

    public async Task ForwardAsync(ApiRequest request)
    {
        var name = request.Info.Name!;
        var pod = api.Named(request);
        if (string.IsNullOrEmpty(pod.Text("spec", "nodeName")))
        {
            throw StatusErrors.BadRequest($"pod {name} does not have a host assigned");
        }
        var ports = api.PodPorts ?? throw new ApiException(501, "NotImplemented", "pods/portforward is not supported by this server: no node runs pods");
        var forwarded = new ForwardedPod(ports, $"{name}_{request.Info.Namespace}", pod.Text("metadata", "uid")!);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, serverStopping);

        var sockets = request.Http.WebSockets;
        if (SpdyUpgrade.IsAsked(request.Http))
        {
            await using var upgraded = await SpdyUpgrade.AcceptAsync(request.Http, SpdyPortForward.Protocol);
            await SpdyAsync(upgraded, forwarded, stop.Token);
        }
        else if (!sockets.IsWebSocketRequest)
        {
            throw StatusErrors.BadRequest("Upgrade request required");
        }
        else if (sockets.WebSocketRequestedProtocols.Contains(Tunnel))
        {
            using var socket = new MessageSocket(await WebSocketTunnel.AcceptAsync(request.Http, Tunnel));
            await using var tunnel = new WebSocketBytes(socket);
            await SpdyAsync(tunnel, forwarded, stop.Token);
            await socket.CloseAsync();
        }
        else
        {
            await ChannelsAsync(request, forwarded, stop.Token);
        }
    }

    private static async Task SpdyAsync(Stream transport, ForwardedPod pod, CancellationToken stop)
    {
        using var connection = new SpdyConnection(transport);
        await new SpdyPortForward(connection, pod).RunAsync(stop);
    }

    private static async Task ChannelsAsync(ApiRequest request, ForwardedPod pod, CancellationToken stop)
    {
        var ports = PortQuery.Parse(request.Http.Request.Query["ports"]);
        var sockets = request.Http.WebSockets;
        var protocol = new[] { PortChannels.Binary, PortChannels.Base64 }.FirstOrDefault(sockets.WebSocketRequestedProtocols.Contains);
        if (protocol is null && sockets.WebSocketRequestedProtocols.Count > 0)
        {
            throw StatusErrors.BadRequest($"unable to upgrade websocket connection: none of the protocols [{string.Join(' ', sockets.WebSocketRequestedProtocols)}] is spoken");
        }
        using var channels = new PortChannels(new MessageSocket(await sockets.AcceptWebSocketAsync(protocol)), ports, pod);
        await channels.RunAsync(stop);
    }
}
