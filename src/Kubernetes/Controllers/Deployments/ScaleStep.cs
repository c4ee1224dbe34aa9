using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>One ReplicaSet and the size that it should get.</summary>
internal sealed record ScaleStep(V1ReplicaSet Set, int Replicas);
