using System.Net;

namespace Kubernetes.Network;

/// <summary>An address with the names that lead to it, as a line of a hosts file has them.</summary>
public sealed record HostName(IPAddress Address, IReadOnlyList<string> Names);
