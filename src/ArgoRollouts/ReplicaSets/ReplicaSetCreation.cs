using System.Globalization;
using ArgoRollouts.Events;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.Status;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts.ReplicaSets;

/// <summary>Creates the new ReplicaSet and keeps the revision of an existing one (rollout/sync.go, createDesiredReplicaSet and syncReplicaSetRevision).</summary>
internal sealed class ReplicaSetCreation(ApiClient client, RolloutWriter writer, RolloutEvents events, ILogger logger)
{
    public async Task CreateAsync(RolloutContext context, CancellationToken cancel)
    {
        var revision = context.Sets.All.MaxRevision() + 1;
        var desired = NewReplicaSet.For(context.Rollout, revision, context.StableRS is not null);
        var (set, created) = await CreateOrFindAsync(context, desired, cancel);
        await writer.SetRevisionAsync(context, revision.ToString(CultureInfo.InvariantCulture), cancel);
        context.Sets = ReplicaSetRoles.Of(context.Rollout, [.. context.Sets.All, set], set);
        if (created)
        {
            logger.LogInformation("Created ReplicaSet {Namespace}/{Name}", set.Metadata.NamespaceProperty, set.Metadata.Name);
            var message = Messages.CreatedReplicaSet(set.Metadata.Name, set.Metadata.Revision());
            await events.NormalAsync(context.Rollout, Reasons.NewReplicaSetCreated, message, cancel);
            await ProgressAsync(context, Reasons.NewReplicaSetCreated, Messages.NewReplicaSet(set.Metadata.Name), cancel);
        }
    }

    /// <summary>Brings revision, annotations, minReadySeconds and affinity of the new set up to date, and the Rollout's revision with it.</summary>
    public async Task SyncRevisionAsync(RolloutContext context, CancellationToken cancel)
    {
        if (context.NewRS is not { } set)
        {
            return;
        }

        var rollout = context.Rollout;
        var annotations = ReplicaSetRevision.Annotations(rollout, set.Metadata.Annotations, context.Sets.Older.MaxRevision() + 1, exists: true);
        var affinityDiffers = AntiAffinityInjection.NeedsUpdate(rollout, set);
        if (ReplicaSetRevision.Differs(annotations, set.Metadata.Annotations) || (set.Spec.MinReadySeconds ?? 0) != rollout.Spec.MinReadySeconds || affinityDiffers)
        {
            set.Metadata.Annotations = annotations;
            set.Spec.MinReadySeconds = NewReplicaSet.MinReadySeconds(rollout);
            set.Spec.Template.Spec.Affinity = affinityDiffers ? AntiAffinityInjection.For(rollout, set.PodHash()) : set.Spec.Template.Spec.Affinity;
            var updated = await client.UpdateAsync(Resources.ReplicaSets, set, cancel: cancel);
            var others = context.Sets.All.Where(other => other.Metadata.Uid != updated.Metadata.Uid);
            context.Sets = ReplicaSetRoles.Of(rollout, [.. others, updated], updated);
            return;
        }

        await writer.SetRevisionAsync(context, ReplicaSetRevision.Of(set) ?? "", cancel);
        if (RolloutConditions.Get(rollout.Status, RolloutConditionType.Progressing) is null)
        {
            await ProgressAsync(context, Reasons.FoundNewReplicaSet, Messages.FoundNewReplicaSet(set.Metadata.Name), cancel);
        }
    }

    private async Task<(V1ReplicaSet Set, bool Created)> CreateOrFindAsync(RolloutContext context, V1ReplicaSet desired, CancellationToken cancel)
    {
        try
        {
            return (await client.CreateAsync(Resources.ReplicaSets, desired, cancel), true);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            var existing = await client.GetAsync(Resources.ReplicaSets, desired.Metadata.NamespaceProperty, desired.Metadata.Name, cancel);
            var own = existing.Metadata.ControllerUid() == context.Rollout.Metadata.Uid;
            if (own && PodTemplateEquality.EqualIgnoreHash(existing.Spec.Template, context.Rollout.Spec.Template!))
            {
                return (existing, false); // the cache was behind
            }

            await BumpCollisionCountAsync(context, cancel);
            throw;
        }
        catch (ApiException exception) when (!cancel.IsCancellationRequested)
        {
            var message = Messages.FailedReplicaSetCreate(desired.Metadata.Name, exception.StatusMessage);
            await events.WarningAsync(context.Rollout, Reasons.ReplicaSetCreateError, message, cancel);
            var condition = RolloutConditions.New(
                RolloutConditionType.Progressing, RolloutConditions.False, Reasons.ReplicaSetCreateError, message, context.Now);
            await writer.PatchConditionsAsync(context, [condition], cancel);
            throw;
        }
    }

    // another template has this hash: the next attempt hashes with a higher count
    private async Task BumpCollisionCountAsync(RolloutContext context, CancellationToken cancel)
    {
        var status = StatusPatch.Clone(context.Rollout.Status);
        status.CollisionCount = (status.CollisionCount ?? 0) + 1;
        logger.LogWarning("Found a hash collision - bumped collisionCount to {Count} to resolve it", status.CollisionCount);
        await writer.PatchAsync(context, status, cancel);
    }

    private async Task ProgressAsync(RolloutContext context, string reason, string message, CancellationToken cancel)
    {
        var condition = RolloutConditions.New(RolloutConditionType.Progressing, RolloutConditions.True, reason, message, context.Now);
        await writer.SetConditionAsync(context, condition, cancel);
    }
}
