using System.Globalization;
using System.Text.Json.Nodes;
using ArgoRollouts.Events;
using ArgoRollouts.Models;
using ArgoRollouts.Pausing;
using ArgoRollouts.Status;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts.Reconciling;

/// <summary>Writes a Rollout's own fields: status by merge patch of what differs, revision and replicas by merge patch (rollout/sync.go).</summary>
internal sealed class RolloutWriter(ApiClient client, RolloutEvents events, MutationCache<Rollout> fresh, ILogger logger)
{
    /// <summary>Puts conditions into the status as it stands, with the phase that follows from them.</summary>
    public async Task PatchConditionsAsync(RolloutContext context, IReadOnlyList<RolloutCondition> conditions, CancellationToken cancel)
    {
        var status = StatusPatch.Clone(context.Rollout.Status);
        foreach (var condition in conditions)
        {
            RolloutConditions.Set(status, condition);
        }

        await PatchAsync(context, status, cancel);
    }

    /// <summary>Puts one condition into the status and leaves all else, phase and observedGeneration included, for the end of the reconciliation.</summary>
    public async Task SetConditionAsync(RolloutContext context, RolloutCondition condition, CancellationToken cancel)
    {
        var status = StatusPatch.Clone(context.Rollout.Status);
        RolloutConditions.Set(status, condition);
        if (StatusPatch.Between(context.Rollout.Status, status) is { } patch)
        {
            await PatchObjectAsync(context, patch, "status", StatusPatch.Clone(status), cancel);
        }
    }

    /// <summary>Writes the finished status of a reconciliation; true when it differed.</summary>
    public async Task<bool> PersistAsync(RolloutContext context, RolloutStatus status, CancellationToken cancel)
    {
        context.Pause.CalculateStatus(status);
        var before = context.Rollout.Status;
        if (!await PatchAsync(context, status, cancel))
        {
            return false;
        }

        await TellPauseAsync(context.Rollout, before, status, cancel);
        return true;
    }

    /// <summary>Writes the revision annotation of the Rollout, if it differs, and tells so.</summary>
    public async Task SetRevisionAsync(RolloutContext context, string revision, CancellationToken cancel)
    {
        if (context.Rollout.Metadata.Annotation(RolloutsKeys.Revision) == revision)
        {
            return;
        }

        var annotations = new JsonObject { [RolloutsKeys.Revision] = revision };
        await PatchObjectAsync(context, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } }, subresource: null, context.Rollout.Status, cancel);
        await events.NormalAsync(context.Rollout, Reasons.RolloutUpdated, Messages.RolloutUpdated(revision), cancel);
    }

    /// <summary>Autoscalers need spec.replicas to be set (issue 119).</summary>
    public Task DefaultReplicasAsync(RolloutContext context, CancellationToken cancel)
        => PatchObjectAsync(context, new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 1 } }, subresource: null, context.Rollout.Status, cancel);

    /// <summary>Writes the status with observedGeneration, phase and message worked out; true when it differed.</summary>
    public async Task<bool> PatchAsync(RolloutContext context, RolloutStatus status, CancellationToken cancel)
    {
        var rollout = context.Rollout;
        status.ObservedGeneration = (rollout.Metadata.Generation ?? 0).ToString(CultureInfo.InvariantCulture);
        (status.Phase, status.Message) = RolloutPhaseCalculation.Of(rollout, status);
        if (StatusPatch.Between(rollout.Status, status) is not { } patch)
        {
            return false;
        }

        logger.LogDebug("rollout {Namespace}/{Name}: patched {Patch}", rollout.Metadata.NamespaceProperty, rollout.Metadata.Name, patch.ToJsonString());
        await PatchObjectAsync(context, patch, "status", StatusPatch.Clone(status), cancel);
        return true;
    }

    // What others changed meanwhile is for the next reconciliation: this one goes on with the spec and status it began with, plus what it wrote
    // itself. Were it to take the server's answer as its own past, the next patch would undo, say, a user's abort.
    private async Task PatchObjectAsync(RolloutContext context, JsonObject patch, string? subresource, RolloutStatus status, CancellationToken cancel)
    {
        var metadata = context.Rollout.Metadata;
        var answer = await client.PatchAsync(
            RolloutsResources.Rollouts, metadata.NamespaceProperty, metadata.Name, Patch.Merge(patch), subresource, cancel);
        fresh.Remember(answer);
        metadata.Annotations = answer.Metadata.Annotations;
        metadata.ResourceVersion = answer.Metadata.ResourceVersion;
        context.Rollout = new Rollout { Metadata = metadata, Spec = context.Rollout.Spec, Status = status };
    }

    private async Task TellPauseAsync(Rollout rollout, RolloutStatus before, RolloutStatus after, CancellationToken cancel)
    {
        var paused = PauseContext.HasConditions(after);
        if (paused == PauseContext.HasConditions(before))
        {
            return;
        }

        if (paused)
        {
            await events.NormalAsync(rollout, Reasons.RolloutPaused, $"{Messages.Paused} ({after.PauseConditions![0].Reason})", cancel);
        }
        else if (after.AbortedAt is null)
        {
            await events.NormalAsync(rollout, Reasons.RolloutResumed, Messages.Resumed, cancel); // an abort clears pauses too, and is no resumption
        }
    }
}
