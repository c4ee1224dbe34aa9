using System.Net;
using k8s;
using k8s.Models;
using Kubernetes.Network;
using Kubernetes.Node.Images;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node.Programs;

/// <summary>A container's surroundings: what a program can know of its pod and its cluster.</summary>
public sealed record ContainerContext
{
    public required V1Pod Pod { get; init; }

    public required V1Container Container { get; init; }

    public required ImageReference Image { get; init; }

    /// <summary>Loopback address on which the program's ports are free.</summary>
    public required IPAddress PodIP { get; init; }

    /// <summary>The container's environment, resolved.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The container's <c>command</c>, expanded; empty: the image's own.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The container's <c>args</c>, expanded.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Access to the Kubernetes API as the pod's service account.</summary>
    public required KubernetesClientConfiguration Configuration { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Resolves names of services, from the pod's namespace.</summary>
    public required ClusterDns Dns { get; init; }

    /// <summary>Folders of the container's volumes on this machine, by mount path. They live as long as the pod.</summary>
    public IReadOnlyDictionary<string, string> Mounts { get; init; } = new Dictionary<string, string>();

    /// <summary>The container's own temporary folder; created when first asked for, removed with the pod.</summary>
    public required Func<string> WorkingFolder { get; init; }

    /// <summary>The container's log, standard output and error together.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Those who are attached to the container see what a local program prints here.</summary>
    public ContainerStreams Streams { get; } = new();

    /// <summary>Writes to <see cref="Output"/>.</summary>
    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>Cancelled when the grace period is over: SIGKILL.</summary>
    public CancellationToken Kill { get; init; }

    /// <summary>Tells the node that the program serves now; see <see cref="IContainerProgram.ReportsStart"/>.</summary>
    public required Action ReportStarted { get; init; }
}
