using k8s;
using Kubernetes.Network;
using Kubernetes.Node.Commands;
using Kubernetes.Node.Images;
using Kubernetes.Node.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Node;

/// <summary>What a node needs to run.</summary>
public sealed record KubeletOptions
{
    /// <summary>Server, trust and credentials of the node.</summary>
    public required KubernetesClientConfiguration Configuration { get; init; }

    /// <summary>Credentials of a pod, by namespace and service account.</summary>
    public required Func<string, string, KubernetesClientConfiguration> ConfigurationFor { get; init; }

    /// <summary>What the node's images are.</summary>
    public required ImageCatalogue Images { get; init; }

    /// <summary>Names of services, for programs in this process.</summary>
    public required ClusterDns Dns { get; init; }

    /// <summary>Where containers' logs are kept.</summary>
    public ContainerLogs Logs { get; init; } = new();

    /// <summary>Where commands in containers are run from.</summary>
    public ContainerCommands Commands { get; init; } = new();

    public string NodeName { get; init; } = "embedded";

    public string NodeAddress { get; init; } = "127.0.0.1";

    /// <summary>Most pods at a time.</summary>
    public int PodsMax { get; init; } = 1000;

    /// <summary>Folder for the pods' volumes and working folders; it is removed with the node.</summary>
    public string PodsFolder { get; init; } = Path.Combine(Path.GetTempPath(), $"conformance-pods-{Guid.NewGuid():N}");

    /// <summary>Chooses the block of pod addresses.</summary>
    public Random Random { get; init; } = new(Guid.NewGuid().GetHashCode());

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Completed when the node is registered and watches its pods.</summary>
    public TaskCompletionSource? Started { get; init; }
}
