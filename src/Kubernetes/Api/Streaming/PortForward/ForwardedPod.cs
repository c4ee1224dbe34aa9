using System.Net.Sockets;
using Kubernetes.Api.Ports;

namespace Kubernetes.Api.Streaming.PortForward;

/// <summary>Connects one stream of a client to one port of a pod (kubelet pkg/cri/streaming/portforward).</summary>
internal sealed class ForwardedPod(IPodPorts ports, string name, string uid)
{
    /// <summary>Passes bytes both ways until the pod ends its side, or the client gives up.</summary>
    /// <param name="port">Of the pod.</param>
    /// <param name="input">What the client sends.</param>
    /// <param name="output">Takes what the pod sends, in pieces.</param>
    /// <param name="gone">The client gave up.</param>
    /// <returns>What went wrong, for the stream of errors; null: nothing.</returns>
    public async Task<string?> ForwardAsync(int port, Stream input, Func<ReadOnlyMemory<byte>, Task> output, CancellationToken gone)
    {
        try
        {
            using var socket = await ports.ConnectAsync(uid, port, gone);
            await using var pod = new NetworkStream(socket);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(gone);
            var sending = SendAsync(input, pod, socket, over.Token);
            await ReceiveAsync(pod, output, gone);
            await over.CancelAsync();
            await sending;
            return null;
        }
        catch (PortException e)
        {
            return $"error forwarding port {port} to pod {name}, uid {uid}: {e.Message}";
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return null; // nobody reads it
        }
    }

    private static async Task SendAsync(Stream input, Stream pod, Socket socket, CancellationToken over)
    {
        try
        {
            await input.CopyToAsync(pod, over);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // the pod takes no more; what it still sends is read on
        }
    }

    private static async Task ReceiveAsync(Stream pod, Func<ReadOnlyMemory<byte>, Task> output, CancellationToken gone)
    {
        var piece = new byte[32 * 1024];
        try
        {
            while (await pod.ReadAsync(piece, gone) is > 0 and var count)
            {
                await output(piece.AsMemory(0, count));
            }
        }
        catch (IOException)
        {
            // reset by the pod: an end like any other to who forwards
        }
    }
}
