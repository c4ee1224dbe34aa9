using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using k8s;
using Kubernetes.Network;
using Kubernetes.Node.Commands;
using Kubernetes.Node.Environment;
using Kubernetes.Node.Images;
using Kubernetes.Node.Logs;
using Kubernetes.Node.Probes;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node;

/// <summary>What all pods of a node share.</summary>
internal sealed record NodeContext
{
    public required string HostIP { get; init; }

    public required ApiClient Client { get; init; }

    public required EventRecorder Events { get; init; }

    public required ImageCatalogue Images { get; init; }

    /// <summary>Images that a container of this node ran already.</summary>
    public PulledImages Pulled { get; } = new();

    public required ContainerLogs Logs { get; init; }

    public required ContainerCommands Commands { get; init; }

    public required EnvironmentResolver Environment { get; init; }

    /// <summary>Watches of the ConfigMaps and Secrets that the node's pods use.</summary>
    public required ObjectWatches Objects { get; init; }

    public required ClusterDns Dns { get; init; }

    public required Prober Prober { get; init; }

    public required Func<string, string, KubernetesClientConfiguration> ConfigurationFor { get; init; }

    /// <summary>Folder under which pods get theirs.</summary>
    public required string PodsFolder { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    public DateTime Now => Time.GetUtcNow().UtcDateTime;
}
