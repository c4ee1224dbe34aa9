using System.Net;
using Kubernetes.Api.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Api;

/// <summary>How an <see cref="ApiServer"/> runs. The defaults suit a test.</summary>
public sealed record ApiServerOptions
{
    /// <summary>The cluster's clock: timestamps, token lifetimes, watch timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many changes of each resource can still be watched or listed from; what asks for older ones gets 410 Expired.</summary>
    public int HistoryLength { get; init; } = 4096;

    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Further host names and addresses by which clients reach the server, for its certificate.</summary>
    public IReadOnlyList<string> AlternativeNames { get; init; } = [];

    /// <summary>Where <c>pods/log</c> is answered from; null: no node keeps logs.</summary>
    public IContainerLogs? ContainerLogs { get; init; }

    /// <summary>Where <c>pods/portforward</c> leads; null: no node runs pods.</summary>
    public Ports.IPodPorts? PodPorts { get; init; }

    /// <summary>Where <c>pods/exec</c> and <c>pods/attach</c> find containers; null: no node does.</summary>
    public Commands.IContainerCommands? ContainerCommands { get; init; }

    /// <summary>Who may do what.</summary>
    public AuthorizationMode Authorization { get; init; } = AuthorizationMode.AlwaysAllow;

    /// <summary>Draws the suffixes of generated names, and where service addresses and node ports begin. Secrets are never drawn from it.</summary>
    public Random Random { get; init; } = new(Guid.NewGuid().GetHashCode());

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
