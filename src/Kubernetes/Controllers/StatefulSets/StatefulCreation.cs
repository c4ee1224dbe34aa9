namespace Kubernetes.Controllers.StatefulSets;

/// <summary>A pod to create: its ordinal, and whether it follows the current revision instead of the update's.</summary>
internal sealed record StatefulCreation(int Ordinal, bool AtCurrentRevision);
