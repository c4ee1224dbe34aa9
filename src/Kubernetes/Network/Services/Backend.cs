using System.Net;

namespace Kubernetes.Network.Services;

/// <summary>One pod behind a service's port.</summary>
/// <param name="Address">Where it serves the port.</param>
/// <param name="Pod">Its name, for logs and metrics.</param>
/// <param name="Ready">It should get new traffic.</param>
/// <param name="Serving">It answers, though it may be on its way out.</param>
public sealed record Backend(IPEndPoint Address, string Pod, bool Ready, bool Serving);
