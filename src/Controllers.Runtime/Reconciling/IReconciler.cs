namespace Controllers.Runtime.Reconciling;

/// <summary>
/// Brings one object to its desired state. Level-based: told only which object, it looks at what is, not at what happened
/// (controller-runtime's <c>reconcile.Reconciler</c>). An exception means: again, with back-off.
/// </summary>
public interface IReconciler
{
    Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel);
}

/// <summary>When to look at the object again without an event.</summary>
/// <param name="RequeueAfter">Null: only on the next event.</param>
public readonly record struct Result(TimeSpan? RequeueAfter = null)
{
    public static Result Done => default;

    public static Result After(TimeSpan delay) => new(delay);
}
