using ArgoRollouts.Reconciling;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>What becomes of an old ReplicaSet that is still up (rollout/replicaset.go, scaleDownDelayHelper).</summary>
/// <param name="Replicas">Its size from now on.</param>
/// <param name="AddDeadline">It has no deadline yet and gets one, this far ahead; null: none.</param>
/// <param name="LookAgain">When the deadline is due; null: now.</param>
internal sealed record ScaleDownDecision(int Replicas, TimeSpan? AddDeadline = null, TimeSpan? LookAgain = null);

/// <summary>Counts the old ReplicaSets that wait for their scale-down, against scaleDownDelayRevisionLimit. Ask for the latest revision first.</summary>
internal sealed class ScaleDownDelay(RolloutContext context)
{
    private readonly int _limit = Defaults.ScaleDownDelayRevisionLimit(context.Rollout);
    private int _waiting;

    /// <param name="set">An old set with replicas.</param>
    /// <param name="keptReplicas">Its size while it waits.</param>
    public ScaleDownDecision Decide(V1ReplicaSet set, int keptReplicas)
    {
        if (!set.HasScaleDownDeadline())
        {
            if (_waiting >= _limit)
            {
                return new ScaleDownDecision(0);
            }

            _waiting++;
            var delay = Defaults.ScaleDownDelay(context.Rollout);
            return delay > TimeSpan.Zero
                ? new ScaleDownDecision(set.DesiredReplicas(), delay, delay)
                : new ScaleDownDecision(set.DesiredReplicas()); // upstream keeps the set for ever then (issue 1992)
        }

        _waiting++;
        return _waiting <= _limit && set.ScaleDownDeadline() is { } deadline && deadline > context.Now
            ? new ScaleDownDecision(keptReplicas, LookAgain: deadline - context.Now)
            : new ScaleDownDecision(0);
    }
}
