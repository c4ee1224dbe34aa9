using System.Net;
using System.Net.Sockets;

namespace Kubernetes.Network.Services;

/// <summary>Accepts connections on one address and passes each on to a backend, byte for byte (kube-proxy's userspace mode).</summary>
public sealed class ServiceListener : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Func<IPEndPoint?> _choose;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private ServiceListener(Socket socket, Func<IPEndPoint?> choose)
    {
        _socket = socket;
        _choose = choose;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens: with the port that it got when 0 was asked for.</summary>
    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    /// <param name="address">Where to listen; port 0 takes a free one.</param>
    /// <param name="choose">The backend of the next connection; null when there is none: the connection is reset.</param>
    /// <exception cref="SocketException">The address cannot be bound: a port below 1024, or taken.</exception>
    public static ServiceListener Start(IPEndPoint address, Func<IPEndPoint?> choose)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            socket.Listen();
            return new ServiceListener(socket, choose);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _socket.AcceptAsync(_stop.Token);
                _ = PassOnAsync(client, _stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // stopped, or the client gave up before it was accepted
            }
        }
    }

    private async Task PassOnAsync(Socket client, CancellationToken cancel)
    {
        using (client)
        using (var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
        {
            try
            {
                if (_choose() is not { } target)
                {
                    client.Close(0); // reset: nobody serves this
                    return;
                }

                client.NoDelay = true;
                await server.ConnectAsync(target, cancel);
                await Task.WhenAll(CopyAsync(client, server, cancel), CopyAsync(server, client, cancel));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // either side is gone
            }
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await from.ReceiveAsync(buffer, cancel)) > 0)
        {
            await to.SendAsync(buffer.AsMemory(0, count), cancel);
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
