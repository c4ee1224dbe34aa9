using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using Controllers.Runtime;
using k8s.Models;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>Which finished AnalysisRuns are deleted (utils/analysis/filter.go, FilterAnalysisRunsToDelete).</summary>
internal static class AnalysisRunHistory
{
    /// <summary>Those whose ReplicaSet is gone or going, and of the others the oldest beyond the limits. Running ones stay.</summary>
    public static IReadOnlyList<AnalysisRun> Surplus(IEnumerable<AnalysisRun> runs, IReadOnlyList<V1ReplicaSet> sets, int successfulLimit, int unsuccessfulLimit)
    {
        var alive = sets.Where(set => !set.Metadata.IsTerminating()).Select(set => set.PodHash()).ToHashSet();
        var successful = 0;
        var unsuccessful = 0;
        var surplus = new List<AnalysisRun>();
        foreach (var run in runs.OrderByDescending(run => run.Metadata.CreationTimestamp ?? DateTime.MinValue))
        {
            var keep = run.Metadata.Label(RolloutsKeys.PodTemplateHash) is { } hash && alive.Contains(hash) && run.Status.Phase switch
            {
                AnalysisPhase.Successful => successful++ < successfulLimit,
                AnalysisPhase.Failed or AnalysisPhase.Error or AnalysisPhase.Inconclusive => unsuccessful++ < unsuccessfulLimit,
                _ => true,
            };
            if (!keep)
            {
                surplus.Add(run);
            }
        }

        return surplus;
    }
}
