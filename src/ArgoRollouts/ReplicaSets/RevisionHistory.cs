using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>Deletes the oldest scaled-down ReplicaSets beyond revisionHistoryLimit, and their AnalysisRuns (rollout/sync.go, reconcileRevisionHistoryLimit).</summary>
internal sealed class RevisionHistory(ApiClient client)
{
    /// <summary>Of the oldest surplus sets, those that have no pods and whose last change was observed. The others stay until they have.</summary>
    public static IReadOnlyList<V1ReplicaSet> Surplus(IReadOnlyList<V1ReplicaSet> old, int limit)
    {
        var alive = old.Where(set => !set.Metadata.IsTerminating()).ByCreation().ToList();
        return [.. alive.Take(Math.Max(0, alive.Count - limit)).Where(IsIdle)];
    }

    public async Task CleanUpAsync(RolloutContext context, CancellationToken cancel)
    {
        foreach (var set in Surplus(context.Sets.Others, Defaults.RevisionHistoryLimit(context.Rollout)))
        {
            await client.DeleteAsync(Resources.ReplicaSets, set.Metadata.NamespaceProperty, set.Metadata.Name, cancel: cancel);
            foreach (var run in context.OtherRuns.Where(run => run.Metadata.Label(RolloutsKeys.PodTemplateHash) == set.PodHash()))
            {
                await client.DeleteAsync(RolloutsResources.AnalysisRuns, run.Metadata.NamespaceProperty, run.Metadata.Name, cancel: cancel);
            }
        }
    }

    private static bool IsIdle(V1ReplicaSet set)
        => set.DesiredReplicas() == 0
           && (set.Status?.Replicas ?? 0) == 0
           && (set.Metadata.Generation ?? 0) <= (set.Status?.ObservedGeneration ?? 0);
}
