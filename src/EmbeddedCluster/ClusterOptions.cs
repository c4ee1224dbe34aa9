using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedCluster;

/// <summary>How an embedded cluster is started.</summary>
public sealed record ClusterOptions
{
    /// <summary>The clock of all its parts runs this many times faster than real time; above 0.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Where the API listens; port 0 takes a free one.</summary>
    public IPEndPoint ApiEndpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Where the ingress listens for HTTP; port 0 takes a free one.</summary>
    public IPEndPoint IngressEndpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Further names and addresses by which clients reach the API, for its certificate.</summary>
    public IReadOnlyList<string> AlternativeNames { get; init; } = [];

    /// <summary>The address on which services offer their node ports.</summary>
    public IPAddress NodeAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Where the administrator's kubeconfig is written with mode 0600 (and removed again at the end), or null.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>Whether Argo Rollouts, Argo CD and the ingress controller are installed.</summary>
    public bool WithStack { get; init; } = true;

    /// <summary>Other tags than those of the stack's manifests, by image, e.g. <c>quay.io/argoproj/argo-rollouts</c> to <c>v1.8.4</c>.</summary>
    public IReadOnlyDictionary<string, string> ImageTags { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Real Argo Rollouts controllers, to run instead of this project's own; null: its own. A real program's clock is the real one, so
    /// <see cref="Speed"/> must be 1.
    /// </summary>
    public RolloutsPrograms? RolloutsPrograms { get; init; }

    /// <summary>From which the cluster draws its random numbers, e.g. which request goes to a canary; null: others each time.</summary>
    public int? Seed { get; init; }

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
