using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Controllers.Monitoring;

namespace Kubernetes.Controllers.GarbageCollection;

/// <summary>An object in the collector's graph, as last observed.</summary>
internal sealed record GraphNode(Resource<PartialObject> Resource, V1ObjectMeta Metadata)
{
    public string Uid => Metadata.Uid;

    public IReadOnlyList<V1OwnerReference> Owners { get; } = [.. Metadata.OwnerReferences ?? []];

    public bool IsBeingDeleted => Metadata.DeletionTimestamp is not null;

    /// <summary>Deleted in the foreground: it stays until its blocking dependents are gone.</summary>
    public bool IsDeletingDependents => IsBeingDeleted && Has(Finalizers.Foreground);

    /// <summary>Deleted with its dependents left alone.</summary>
    public bool IsOrphaning => IsBeingDeleted && Has(Finalizers.Orphan);

    public bool Has(string finalizer) => Metadata.Finalizers?.Contains(finalizer) == true;

    /// <summary>Whether it holds back the foreground deletion of the owner.</summary>
    public bool Blocks(string ownerUid) => Owners.Any(owner => owner.Uid == ownerUid && owner.BlockOwnerDeletion == true);
}
