using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Kubernetes.Api.Streaming.RemoteCommand;

/// <summary>
/// Several streams over one WebSocket: each binary message begins with its channel's number. 0 input, 1 output, 2 error, 3 the final
/// Status, 4 terminal size; 255 closes a channel, in v5 (apimachinery pkg/util/httpstream/wsstream, remotecommand constants).
/// </summary>
internal sealed class ChannelSocket(MessageSocket socket) : IRemoteStreams
{
    /// <summary>The subprotocols spoken, best first.</summary>
    public static readonly string[] Protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    private const byte InputChannel = 0;
    private const byte OutputChannel = 1;
    private const byte ErrorChannel = 2;
    private const byte StatusChannel = 3;
    private const byte CloseChannel = 255;
    private const int MessageBytes = 64 * 1024;

    private readonly Pipe input = new();

    /// <summary>What the client sends on channel 0; ends when it closes that channel.</summary>
    public Stream Input => input.Reader.AsStream();

    /// <summary>Takes messages until the client goes; then <paramref name="gone"/> is cancelled.</summary>
    public async Task ReadAsync(CancellationTokenSource gone)
    {
        var buffer = new byte[MessageBytes];
        var channel = -1;
        try
        {
            while (!gone.IsCancellationRequested)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), gone.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }
                var piece = buffer.AsMemory(0, received.Count);
                if (channel < 0 && piece.Length > 0)
                {
                    channel = piece.Span[0];
                    piece = piece[1..];
                }
                await TakeAsync(channel, piece, gone.Token);
                channel = received.EndOfMessage ? -1 : channel;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // gone, or no longer listened to
        }
        await input.Writer.CompleteAsync();
        await gone.CancelAsync();
    }

    public Task ReadyAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task OutputAsync(ReadOnlyMemory<byte> piece) => SendAsync(OutputChannel, piece);

    public Task ErrorAsync(ReadOnlyMemory<byte> piece) => SendAsync(ErrorChannel, piece);

    /// <summary>Sends the final Status and closes from this side.</summary>
    public async Task EndAsync(JsonObject status)
    {
        await input.Reader.CompleteAsync(); // nobody reads any more: what still comes is dropped
        await SendAsync(StatusChannel, Encoding.UTF8.GetBytes(status.ToJsonString()));
        await socket.CloseAsync();
    }

    public void Dispose() => socket.Dispose();

    private Task SendAsync(byte channel, ReadOnlyMemory<byte> piece)
    {
        var message = new byte[piece.Length + 1];
        message[0] = channel;
        piece.CopyTo(message.AsMemory(1));
        return socket.SendAsync(message);
    }

    private async Task TakeAsync(int channel, ReadOnlyMemory<byte> piece, CancellationToken stop)
    {
        if (channel == InputChannel && piece.Length > 0)
        {
            await input.Writer.WriteAsync(piece, stop);
        }
        else if (channel == CloseChannel && piece.Length > 0 && piece.Span[0] == InputChannel)
        {
            await input.Writer.CompleteAsync();
        }
    }
}
