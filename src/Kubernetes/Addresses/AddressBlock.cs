using System.Net;
using System.Net.Sockets;

namespace Kubernetes.Addresses;

/// <summary>
/// The addresses 127.N.B.1 to 127.N.B.254. A block is claimed by listening on its last address, so that several clusters on one machine, in one
/// process or in several, with one seed or with others, never share one.
/// </summary>
internal sealed class AddressBlock : IDisposable
{
    /// <summary>The number after the last host of a block.</summary>
    public const int Hosts = 255;

    private const int ClaimPort = 10255;
    private const int Blocks = 256;

    private readonly byte _network;
    private readonly Socket? _claim;

    private AddressBlock(byte network, byte number, Socket? claim) => (_network, Number, _claim) = (network, number, claim);

    /// <summary>B.</summary>
    public byte Number { get; }

    /// <summary>Looks for a free block from somewhere on; null when there is none, or when this machine has no such addresses.</summary>
    /// <param name="network">N.</param>
    /// <param name="random">Says where to begin.</param>
    public static AddressBlock? Claim(byte network, Random random)
    {
        var first = random.Next(Blocks);
        for (var offset = 0; offset < Blocks; offset++)
        {
            var number = (byte)((first + offset) % Blocks);
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
            try
            {
                socket.Bind(new IPEndPoint(new IPAddress([127, network, number, Hosts]), ClaimPort));
                socket.Listen(1);
                return new AddressBlock(network, number, socket);
            }
            catch (SocketException)
            {
                socket.Dispose(); // another cluster's
            }
        }

        return null;
    }

    /// <summary>A block that may be another cluster's too, where none can be claimed: whoever has an address of it may not be reached there.</summary>
    public static AddressBlock Unclaimed(byte network, Random random) => new(network, (byte)random.Next(Blocks), null);

    /// <param name="host">1 to 254.</param>
    public IPAddress Address(int host) => new([127, _network, Number, (byte)host]);

    /// <summary>Gives it back.</summary>
    public void Dispose() => _claim?.Dispose();
}
