namespace Controllers.Runtime.Caching;

/// <summary>An informer of whatever type, for those that only start it and wait for it.</summary>
public interface IInformer
{
    /// <summary>Completes when the first list is in the cache.</summary>
    Task Synced { get; }

    /// <summary>Lists and watches until cancelled.</summary>
    Task RunAsync(CancellationToken cancel);
}
