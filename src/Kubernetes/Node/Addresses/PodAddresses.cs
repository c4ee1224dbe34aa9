using System.Net;
using Kubernetes.Addresses;

namespace Kubernetes.Node.Addresses;

/// <summary>Hands out pod addresses from 127.64.0.0/16, in blocks that are this node's alone.</summary>
internal sealed class PodAddresses(Random random) : IDisposable
{
    private const byte Network = 64;

    private readonly Lock _lock = new();
    private readonly Queue<IPAddress> _free = [];
    private readonly List<AddressBlock> _blocks = [];

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

    public void Dispose() => _blocks.ForEach(block => block.Dispose());

    private void ClaimBlock()
    {
        var block = AddressBlock.Claim(Network, random) ?? throw new InvalidOperationException("no pod addresses left: every block of 127.64.0.0/16 is in use on this machine");
        _blocks.Add(block);
        for (var host = 1; host < AddressBlock.Hosts; host++)
        {
            _free.Enqueue(block.Address(host));
        }
    }
}
