using k8s.Models;

namespace Kubernetes.Controllers.GarbageCollection;

/// <summary>What is known of an owner that an object names.</summary>
internal enum OwnerState
{
    /// <summary>It exists and stays.</summary>
    Solid,

    /// <summary>It does not exist, or another object has its name.</summary>
    Absent,

    /// <summary>It is deleted in the foreground and waits for its dependents.</summary>
    WaitingForDependents,
}

internal enum GarbageAction
{
    Nothing,

    /// <summary>References to owners that are gone or going are removed; others still hold the object.</summary>
    RemoveOwners,

    /// <summary>Nobody holds the object any more.</summary>
    Delete,
}

/// <summary>
/// What becomes of an object, given the state of its owners (upstream's <c>attemptToDeleteItem</c>).
/// </summary>
/// <param name="Action">What to do.</param>
/// <param name="Owners">Uids of owner references to remove.</param>
/// <param name="Propagation">How to delete: <c>Background</c>, <c>Foreground</c> or <c>Orphan</c>.</param>
/// <param name="Unblock">Its own references must stop blocking first, or two objects in a circle would wait for each other.</param>
internal sealed record GarbagePlan(GarbageAction Action, IReadOnlyList<string> Owners, string Propagation, bool Unblock)
{
    public static GarbagePlan Nothing { get; } = new(GarbageAction.Nothing, [], "", Unblock: false);

    /// <param name="item">The object as it is now.</param>
    /// <param name="owners">Its owner references with what is known of each.</param>
    /// <param name="dependents">Objects that name it as an owner.</param>
    public static GarbagePlan For(
        GraphNode item, IReadOnlyList<(V1OwnerReference Reference, OwnerState State)> owners, IReadOnlyList<GraphNode> dependents)
    {
        if (owners.Count == 0 || item.IsBeingDeleted)
        {
            return Nothing;
        }

        var leaving = owners.Where(owner => owner.State != OwnerState.Solid).Select(owner => owner.Reference.Uid).ToList();
        if (leaving.Count == 0)
        {
            return Nothing;
        }

        if (leaving.Count < owners.Count)
        {
            return new GarbagePlan(GarbageAction.RemoveOwners, leaving, "", Unblock: false);
        }

        if (dependents.Count > 0 && owners.Any(owner => owner.State == OwnerState.WaitingForDependents))
        {
            return new GarbagePlan(GarbageAction.Delete, [], "Foreground", Unblock: dependents.Any(dependent => dependent.IsDeletingDependents));
        }

        var propagation = item.Has(Finalizers.Orphan) ? "Orphan" : item.Has(Finalizers.Foreground) ? "Foreground" : "Background";
        return new GarbagePlan(GarbageAction.Delete, [], propagation, Unblock: false);
    }
}
