using System.Collections.Concurrent;
using Controllers.Runtime;

namespace ArgoCd.Applications;

/// <summary>What a refresh compares the live state with, least work first (<c>appcontroller.go</c>).</summary>
internal enum CompareWith
{
    /// <summary>With nothing: only what is derived from the live state.</summary>
    Nothing,

    /// <summary>With the commit of the last comparison.</summary>
    Recent,

    /// <summary>With the commit that the revision is now.</summary>
    Latest,

    /// <summary>Likewise, and a repository that does not answer is reported at once.</summary>
    LatestForceResolve,
}

/// <summary>Refreshes asked for by the controller itself: the most thorough one asked for wins.</summary>
internal sealed class RefreshRequests
{
    private readonly ConcurrentDictionary<NamespacedName, CompareWith> _requests = new();

    public void Add(NamespacedName application, CompareWith level)
        => _requests.AddOrUpdate(application, level, (_, asked) => asked > level ? asked : level);

    public CompareWith? Take(NamespacedName application) => _requests.TryRemove(application, out var level) ? level : null;
}
