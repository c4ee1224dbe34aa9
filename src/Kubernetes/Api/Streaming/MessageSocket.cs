using System.Net.WebSockets;

namespace Kubernetes.Api.Streaming;

/// <summary>A WebSocket to which several write: one whole message after the other. A client that has gone is no error here: who reads finds out.</summary>
internal sealed class MessageSocket(WebSocket socket) : IDisposable
{
    private readonly SemaphoreSlim sending = new(1);

    /// <summary>Whether messages may still come.</summary>
    public bool Listens => socket.State is WebSocketState.Open or WebSocketState.CloseSent;

    public string? SubProtocol => socket.SubProtocol;

    private bool Talks => socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    public ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel) => socket.ReceiveAsync(buffer, cancel);

    public async Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type = WebSocketMessageType.Binary)
    {
        await sending.WaitAsync();
        try
        {
            if (Talks)
            {
                await socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // the client has gone
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Says that nothing more is sent.</summary>
    public async Task CloseAsync()
    {
        if (Talks)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }
}
