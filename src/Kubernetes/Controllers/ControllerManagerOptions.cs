using k8s;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Controllers;

/// <summary>What the controllers of kube-controller-manager and kube-scheduler need to run.</summary>
public sealed record ControllerManagerOptions
{
    /// <summary>Server, trust and credentials; normally the cluster's administrator.</summary>
    public required KubernetesClientConfiguration Configuration { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>PEM text of the API server's certificate authority; published to every namespace as <c>kube-root-ca.crt</c>.</summary>
    public required string CertificateAuthorityPem { get; init; }

    /// <summary>Address that services of type LoadBalancer get.</summary>
    public string LoadBalancerAddress { get; init; } = "127.0.0.1";

    /// <summary>Folder for the data of provisioned volumes; it is removed with the controllers.</summary>
    public string VolumesFolder { get; init; } = Path.Combine(Path.GetTempPath(), $"conformance-volumes-{Guid.NewGuid():N}");

    /// <summary>Completed when every controller's caches are filled and it works.</summary>
    public TaskCompletionSource? Started { get; init; }
}
