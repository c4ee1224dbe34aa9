using Controllers.Runtime;
using Kubernetes.Network.Services;

namespace Kubernetes.Network.Ingress.Routing;

/// <summary>A service's port as an ingress names it, and the pods that stand behind it.</summary>
/// <param name="Service">The service.</param>
/// <param name="Exists">Whether the service and the port exist.</param>
/// <param name="Backends">Where requests can go.</param>
internal sealed record RouteBackend(NamespacedName Service, bool Exists, IReadOnlyList<Backend> Backends);
