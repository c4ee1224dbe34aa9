using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.Models;
using ArgoRollouts.Pausing;
using ArgoRollouts.ReplicaSets;
using ArgoRollouts.Status;
using k8s.Models;

namespace ArgoRollouts.Reconciling;

/// <summary>
/// What one reconciliation observed, and the status it works out (rollout/context.go). Deciding functions read it; only the
/// reconciler's own steps replace <see cref="Rollout"/> and <see cref="Sets"/>, after they have written.
/// </summary>
internal sealed class RolloutContext(Rollout rollout, ReplicaSetRoles sets, IReadOnlyList<AnalysisRun> runs, DateTimeOffset now)
{
    /// <summary>The Rollout as last read from, or written to, the server.</summary>
    public Rollout Rollout { get; set; } = rollout;

    public ReplicaSetRoles Sets { get; set; } = sets;

    public V1ReplicaSet? NewRS => Sets.New;

    public V1ReplicaSet? StableRS => Sets.Stable;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The runs that the status named when the reconciliation began, then those it goes on with.</summary>
    public CurrentAnalysisRuns CurrentRuns { get; set; } = CurrentAnalysisRuns.Of(rollout, runs).Current;

    public IReadOnlyList<AnalysisRun> OtherRuns { get; } = CurrentAnalysisRuns.Of(rollout, runs).Others;

    public PauseContext Pause { get; } = new(rollout, now);

    /// <summary>The status in the making; carries over what no step recomputes.</summary>
    public RolloutStatus NewStatus { get; } = new()
    {
        RestartedAt = rollout.Status.RestartedAt,
        Alb = rollout.Status.Alb,
        Albs = rollout.Status.Albs,
        Canary = new CanaryStatus { Weights = rollout.Status.Canary.Weights },
    };

    /// <summary>When to look again without an event; null: only on the next one.</summary>
    public TimeSpan? RequeueAfter { get; private set; }

    public int Replicas => Defaults.Replicas(Rollout);

    public void Requeue(TimeSpan after) => RequeueAfter = RequeueAfter is { } earlier && earlier < after ? earlier : after;

    /// <summary>
    /// Why ReplicaSets and Services are left as they are: the user paused the Rollout by spec.paused, or an analysis was
    /// inconclusive; null when they are not.
    /// </summary>
    public string? HaltReason
        => Rollout.Spec.Paused ? "user paused"
            : PauseContext.Condition(Rollout, PauseReason.InconclusiveAnalysis) is not null ? "inconclusive analysis"
            : null;

    /// <summary>The template is not the one of status.currentPodHash: a new update begins.</summary>
    public bool PodTemplateChanged => !string.IsNullOrEmpty(Rollout.Status.CurrentPodHash) && Rollout.Status.CurrentPodHash != NewHash;

    /// <summary>The new ReplicaSet's hash, or that of the template while there is no ReplicaSet.</summary>
    public string NewHash => NewRS is null ? PodTemplateHash.Of(Rollout.Spec.Template!, Rollout.Status.CollisionCount) : NewRS.PodHash();

    /// <summary>The new ReplicaSet is older than the stable one by fewer revisions than spec.rollbackWindow allows (sync.go, isRollbackWithinWindow).</summary>
    public bool IsRollbackWithinWindow
    {
        get
        {
            if (NewRS?.Metadata.CreationTimestamp is not { } created || StableRS?.Metadata.CreationTimestamp is not { } stable || created >= stable
                || Rollout.Spec.RollbackWindow is not { Revisions: > 0 } window)
            {
                return false;
            }

            var between = Sets.All.Count(set => set.Metadata.CreationTimestamp < stable && set.Metadata.CreationTimestamp > created);
            return between < window.Revisions;
        }
    }

    /// <summary>Aborted, and the new ReplicaSet is kept for a while before it goes (replicaset.go, shouldDelayScaleDownOnAbort).</summary>
    public bool DelaysScaleDownOnAbort
    {
        get
        {
            if (!Pause.IsAborted || StableRS is null || Rollout.Spec.Strategy.Canary is { TrafficRouting: null })
            {
                return false;
            }

            var (delay, wasSet) = Defaults.AbortScaleDownDelay(Rollout);
            return delay is not null && (wasSet || Rollout.Spec.Strategy.Canary?.DynamicStableScale != true);
        }
    }

    public bool IsFullyPromoted => RolloutPhaseCalculation.IsFullyPromoted(Rollout.Status);
}
