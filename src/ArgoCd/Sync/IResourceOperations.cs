using Controllers.Runtime.Client;

namespace ArgoCd.Sync;

/// <summary>What became of one write: a message in kubectl's wording, and whether it failed.</summary>
internal readonly record struct Outcome(bool Failed, string Message)
{
    public static Outcome Done(string message) => new(Failed: false, message);

    public static Outcome Error(string message) => new(Failed: true, message);
}

/// <summary>The writes of a sync, and the two questions it asks the cluster about.</summary>
internal interface IResourceOperations
{
    /// <summary>Null when the kind is served; else the API's answer.</summary>
    Task<string?> MissingKindAsync(Unstructured @object, CancellationToken cancel);

    Task<Unstructured?> FindAsync(Unstructured @object, CancellationToken cancel);

    Task<Outcome> ApplyAsync(Unstructured target, Unstructured? live, SyncSettings settings, bool dryRun, CancellationToken cancel);

    Task<Outcome> DeleteAsync(Unstructured live, string propagation, CancellationToken cancel);

    Task<Outcome> RemoveHookFinalizerAsync(Unstructured live, CancellationToken cancel);
}
