using ArgoRollouts.Models;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>The AnalysisRuns that a Rollout owns, and those its status names but the cache does not have yet (rollout/analysis.go, getAnalysisRunsForRollout).</summary>
internal sealed class RolloutAnalysisRuns(ApiClient client, ILister<AnalysisRun> runs)
{
    public async Task<IReadOnlyList<AnalysisRun>> ListAsync(Rollout rollout, CancellationToken cancel)
    {
        var owned = runs.ControlledBy(rollout.Metadata.Uid).ToList();
        var status = rollout.Status;
        RolloutAnalysisRunStatus?[] named =
        [
            status.Canary.CurrentBackgroundAnalysisRunStatus, status.Canary.CurrentStepAnalysisRunStatus,
            status.BlueGreen.PrePromotionAnalysisRunStatus, status.BlueGreen.PostPromotionAnalysisRunStatus,
        ];
        foreach (var run in named.OfType<RolloutAnalysisRunStatus>().Where(run => owned.TrueForAll(other => other.Metadata.Name != run.Name)))
        {
            if (await client.FindAsync(RolloutsResources.AnalysisRuns, rollout.Metadata.NamespaceProperty, run.Name, cancel) is { } found)
            {
                owned.Add(found);
            }
        }

        return owned;
    }
}
