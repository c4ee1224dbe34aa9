using ArgoRollouts.Events;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;

namespace ArgoRollouts.Status;

/// <summary>The end of every reconciliation: promotion told, conditions worked out, status written, progress check planned (rollout/sync.go).</summary>
internal sealed class StatusFinish(RolloutWriter writer, RolloutEvents events)
{
    /// <summary>Makes the new ReplicaSet the stable one and tells so if another was before.</summary>
    public async Task PromoteAsync(RolloutContext context, RolloutStatus status, string reason, CancellationToken cancel)
    {
        if (BaseStatus.Promote(context, status))
        {
            var message = Messages.RolloutCompleted(context.Rollout.Metadata.Revision(), status.StableRS ?? "", reason);
            await events.NormalAsync(context.Rollout, Reasons.RolloutCompleted, message, cancel);
        }
    }

    public async Task PersistAsync(RolloutContext context, RolloutStatus status, CancellationToken cancel)
    {
        foreach (var told in RolloutConditionsCalculation.Apply(context, status))
        {
            await (told.Warning
                ? events.WarningAsync(context.Rollout, told.Reason, told.Message, cancel)
                : events.NormalAsync(context.Rollout, told.Reason, told.Message, cancel));
        }

        await WriteAsync(context, status, cancel);
    }

    /// <summary>Writes the status as it is; when nothing differs, plans to look whether the Rollout is stuck.</summary>
    public async Task WriteAsync(RolloutContext context, RolloutStatus status, CancellationToken cancel)
    {
        if (!await writer.PersistAsync(context, status, cancel) && ProgressDeadline.Check(context, status) is { } after)
        {
            context.Requeue(after);
        }
    }
}
