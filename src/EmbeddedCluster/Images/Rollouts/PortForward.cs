using System.Net;
using System.Net.Sockets;

namespace EmbeddedCluster.Images.Rollouts;

/// <summary>Leads connections to an address of a pod to a port of this machine that was free, on which a program shall listen.</summary>
internal sealed class PortForward : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private PortForward(TcpListener listener, IPEndPoint to)
    {
        _listener = listener;
        To = to;
        _accepting = AcceptAsync();
    }

    /// <summary>Where the program shall listen.</summary>
    public IPEndPoint To { get; }

    public static PortForward Start(IPEndPoint from)
    {
        var listener = new TcpListener(from);
        listener.Start();
        return new PortForward(listener, new IPEndPoint(IPAddress.Loopback, FreePort()));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    /// <summary>Free on all addresses, because upstream's controller listens on all.</summary>
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Any, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(CarryAsync(await _listener.AcceptSocketAsync(_stop.Token)));
                open.RemoveAll(connection => connection.IsCompleted);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    /// <summary>Both directions, until one side ends; a program that does not listen yet ends the connection, as a refused one would.</summary>
    private async Task CarryAsync(Socket client)
    {
        using var near = client;
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await far.ConnectAsync(To, _stop.Token);
            await using var left = new NetworkStream(near);
            await using var right = new NetworkStream(far);
            await Task.WhenAll(CopyAsync(left, right, far), CopyAsync(right, left, near));
        }
        catch (Exception broken) when (broken is SocketException or IOException or OperationCanceledException)
        {
            // the client sees its connection end
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, Socket end)
    {
        await from.CopyToAsync(to, _stop.Token);
        end.Shutdown(SocketShutdown.Send);
    }
}
