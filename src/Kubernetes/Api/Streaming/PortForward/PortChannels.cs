using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;

namespace Kubernetes.Api.Streaming.PortForward;

/// <summary>
/// Port forwarding over one WebSocket, as browsers and the C# client do it: of each port in the query, channel 2n carries data and 2n+1 errors, and
/// both begin with the port, two bytes little-endian (kubelet pkg/cri/streaming/portforward/websocket.go).
/// </summary>
internal sealed class PortChannels(MessageSocket socket, IReadOnlyList<int> ports, ForwardedPod pod) : IDisposable
{
    public const string Binary = "v4.channel.k8s.io";
    public const string Base64 = "v4.base64.channel.k8s.io";

    private const int PieceBytes = 64 * 1024;
    private const int MessageBytesMax = 3 * 1024 * 1024;

    private readonly IReadOnlyList<Pipe> inputs = [.. ports.Select(_ => new Pipe())];

    /// <summary>Runs until every port's connection ended, or the client is gone.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        for (var i = 0; i < ports.Count * 2; i++)
        {
            var port = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(port, (ushort)ports[i / 2]);
            await SendAsync(i, port);
        }
        var reading = ReadAsync(gone);
        await Task.WhenAll(ports.Select((port, i) => ForwardAsync(port, i, gone.Token)));
        await socket.CloseAsync();
        await Farewell.TakeAsync(reading, gone);
    }

    public void Dispose() => socket.Dispose();

    private async Task ForwardAsync(int port, int index, CancellationToken gone)
    {
        var problem = await pod.ForwardAsync(port, inputs[index].Reader.AsStream(), piece => SendAsync(index * 2, piece), gone);
        await inputs[index].Reader.CompleteAsync();
        if (problem is not null)
        {
            await SendAsync(index * 2 + 1, Encoding.UTF8.GetBytes(problem));
        }
    }

    private async Task ReadAsync(CancellationTokenSource gone)
    {
        var buffer = new byte[PieceBytes];
        try
        {
            while (socket.Listens)
            {
                using var message = new MemoryStream();
                ValueWebSocketReceiveResult received;
                do
                {
                    received = await socket.ReceiveAsync(buffer.AsMemory(), gone.Token);
                    message.Write(buffer, 0, received.Count);
                }
                while (!received.EndOfMessage && message.Length < MessageBytesMax);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }
                await TakeAsync(message.ToArray(), gone.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or FormatException)
        {
            // gone, or not to be understood
        }
        foreach (var input in inputs)
        {
            await input.Writer.CompleteAsync();
        }
        await gone.CancelAsync();
    }

    private async Task TakeAsync(byte[] message, CancellationToken cancel)
    {
        if (message.Length < 2)
        {
            return;
        }
        var text = socket.SubProtocol == Base64;
        var channel = text ? message[0] - '0' : message[0];
        if (channel >= 0 && channel % 2 == 0 && channel / 2 < inputs.Count)
        {
            var piece = text ? Convert.FromBase64String(Encoding.ASCII.GetString(message, 1, message.Length - 1)) : message.AsMemory(1);
            await inputs[channel / 2].Writer.WriteAsync(piece, cancel);
        }
    }

    private Task SendAsync(int channel, ReadOnlyMemory<byte> piece)
    {
        var text = socket.SubProtocol == Base64;
        byte[] message = text
            ? [(byte)('0' + channel), .. Encoding.ASCII.GetBytes(Convert.ToBase64String(piece.Span))]
            : [(byte)channel, .. piece.Span];
        return socket.SendAsync(message, text ? WebSocketMessageType.Text : WebSocketMessageType.Binary);
    }
}
