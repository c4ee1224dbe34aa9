using System.Net;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>Where a Prometheus runs on this machine.</summary>
/// <param name="Address">The pod's.</param>
/// <param name="Folder">Its working directory, with its configuration and the service account's files.</param>
/// <param name="Storage">For its samples.</param>
internal sealed record PrometheusPlace(IPAddress Address, string Folder, string Storage);
