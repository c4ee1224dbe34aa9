using System.Net;
using System.Net.Sockets;

namespace Kubernetes.Node.Addresses;

/// <summary>
/// Hands out pod addresses from 127.64.0.0/16, in blocks of 254. A block is claimed by listening on its last address, so that
/// several clusters on one machine never share one.
/// </summary>
internal sealed class PodAddresses(Random random) : IDisposable
{
    private const int ClaimPort = 10255;

    private readonly Lock _lock = new();
    private readonly Queue<IPAddress> _free = [];
    private readonly List<Socket> _claims = [];

    /// <summary>An address nobody uses; the longest unused first.</summary>
    /// <exception cref="InvalidOperationException">All blocks are taken.</exception>
    public IPAddress Take()
    {
        lock (_lock)
        {
            if (_free.Count == 0)
            {
                ClaimBlock();
            }

            return _free.Dequeue();
        }
    }

    public void Return(IPAddress address)
    {
        lock (_lock)
        {
            _free.Enqueue(address);
        }
    }

    public void Dispose() => _claims.ForEach(claim => claim.Dispose());

    private void ClaimBlock()
    {
        var first = random.Next(256);
        for (var offset = 0; offset < 256; offset++)
        {
            var block = (byte)((first + offset) % 256);
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
            try
            {
                socket.Bind(new IPEndPoint(new IPAddress([127, 64, block, 255]), ClaimPort));
                socket.Listen(1);
            }
            catch (SocketException)
            {
                socket.Dispose();
                continue; // another cluster's
            }

            _claims.Add(socket);
            for (var host = 1; host < 255; host++)
            {
                _free.Enqueue(new IPAddress([127, 64, block, (byte)host]));
            }

            return;
        }

        throw new InvalidOperationException("no pod addresses left: every block of 127.64.0.0/16 is in use on this machine");
    }
}
