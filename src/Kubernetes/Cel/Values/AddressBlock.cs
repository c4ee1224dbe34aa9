using System.Net;

namespace Kubernetes.Cel.Values;

/// <summary>A CIDR as it was written: 10.1.2.3/8 keeps its address.</summary>
public sealed record AddressBlock(IPAddress Address, IPNetwork Network)
{
    public override string ToString() => $"{Address}/{Network.PrefixLength}";
}
