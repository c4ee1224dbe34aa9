using System.Collections.Concurrent;
using System.Globalization;
using ArgoRollouts.Models;
using Controllers.Runtime;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>
/// Runs as they were last written, until the informer has caught up: from an older state the same measurement would be taken twice.
/// </summary>
internal sealed class WrittenRuns
{
    private readonly ConcurrentDictionary<NamespacedName, AnalysisRun> runs = new();

    public void Remember(AnalysisRun run) => runs[NamespacedName.Of(run)] = run;

    public void Forget(NamespacedName name) => runs.TryRemove(name, out _);

    /// <summary>The newer of the cached and the written state of the same object.</summary>
    public AnalysisRun Freshest(AnalysisRun cached)
    {
        var name = NamespacedName.Of(cached);
        if (!runs.TryGetValue(name, out var run) || run.Metadata.Uid != cached.Metadata.Uid || Version(run) <= Version(cached))
        {
            Forget(name);
            return cached;
        }
        return run;
    }

    private static ulong Version(AnalysisRun run) => ulong.TryParse(run.Metadata.ResourceVersion, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
