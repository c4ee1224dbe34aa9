using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.BlueGreen;
using ArgoRollouts.Canary;
using ArgoRollouts.Metrics;
using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using ArgoRollouts.Status;
using ArgoRollouts.Validation;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts.Reconciling;

/// <summary>Brings one Rollout a step further (rollout/controller.go, syncHandler): validate, create the new ReplicaSet, then the strategy's own order.</summary>
internal sealed class RolloutReconciler(
    ILister<Rollout> rollouts,
    MutationCache<Rollout> fresh,
    RolloutAnalysisRuns runs,
    ReplicaSetClaims claims,
    RolloutReferencesValidation references,
    RolloutWriter writer,
    ReplicaSetCreation creation,
    BlueGreenReconciler blueGreen,
    CanaryReconciler canary,
    StatusFinish finish,
    RolloutsMetrics metrics,
    TimeProvider time,
    ILogger logger) : IReconciler
{
    /// <summary>What makes a spec invalid may come into being without an event of the Rollout, e.g. its Service.</summary>
    private static readonly TimeSpan InvalidSpecCheck = TimeSpan.FromSeconds(20);

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (fresh.Newest(name, rollouts.Find(name)) is not { } cached || cached.Metadata.IsTerminating())
        {
            return Result.Done;
        }

        var started = time.GetTimestamp();
        try
        {
            var rollout = KubernetesJson.Deserialize<Rollout>(KubernetesJson.Serialize(cached));
            return await ReconcileAsync(rollout, cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound && exception.Status.Details?.Kind == "rollouts")
        {
            return Result.Done; // deleted meanwhile
        }
        catch (Exception exception) when (exception is not OperationCanceledException && exception is not ApiException { IsConflict: true })
        {
            metrics.CountRolloutError(name.Namespace, name.Name);
            throw;
        }
        finally
        {
            metrics.ObserveRollout(cached, time.GetElapsedTime(started));
        }
    }

    private async Task<Result> ReconcileAsync(Rollout rollout, CancellationToken cancel)
    {
        if (RolloutSpecValidation.Validate(rollout).Concat(references.Validate(rollout)).FirstOrDefault() is { } error)
        {
            return await RefuseAsync(rollout, error, cancel);
        }

        var sets = await claims.ClaimAsync(rollout, cancel);
        var roles = ReplicaSetRoles.Of(rollout, sets, NewReplicaSetSearch.In(rollout, sets));
        var context = new RolloutContext(rollout, roles, await runs.ListAsync(rollout, cancel), time.GetUtcNow());
        if (context.NewRS is null)
        {
            await creation.CreateAsync(context, cancel);
        }

        if (context.IsFullyPromoted && context.Pause.IsAborted)
        {
            context.Pause.RemoveAbort(); // there is nothing to abort
        }

        if (rollout.Spec.Replicas is null)
        {
            await writer.DefaultReplicasAsync(context, cancel);
            return Result.Done; // the write brings it back
        }

        await ReconcileStrategyAsync(context, cancel);
        return context.RequeueAfter is { } after ? Result.After(after > TimeSpan.Zero ? after : TimeSpan.FromMilliseconds(1)) : Result.Done;
    }

    private async Task ReconcileStrategyAsync(RolloutContext context, CancellationToken cancel)
    {
        var paused = PauseConditionsCalculation.For(context.Rollout, context.Now);
        if (paused.Count > 0)
        {
            await writer.PatchConditionsAsync(context, paused, cancel);
        }

        await creation.SyncRevisionAsync(context, cancel);
        if (IsScalingEvent(context))
        {
            logger.LogDebug("rollout {Name}: only sizes change", context.Rollout.Metadata.Name);
            var status = StatusPatch.Clone(context.Rollout.Status);
            await (context.Rollout.Spec.Strategy.BlueGreen is not null
                ? blueGreen.ScaleAsync(context, status, cancel)
                : canary.ScaleAsync(context, status, cancel));
            await finish.WriteAsync(context, status, cancel);
        }
        else
        {
            await (context.Rollout.Spec.Strategy.BlueGreen is not null
                ? blueGreen.ReconcileAsync(context, cancel)
                : canary.ReconcileAsync(context, cancel));
        }
    }

    /// <summary>spec.replicas is not what new or stable set were last told: nothing but sizes is reconciled then (sync.go, isScalingEvent).</summary>
    private static bool IsScalingEvent(RolloutContext context)
        => new[] { context.NewRS, context.StableRS }.Any(
            set => set is not null && set.DesiredReplicas() > 0 && set.DesiredReplicasAnnotation() is { } replicas && replicas != context.Replicas);

    // The Rollout says what is wrong; its ReplicaSets stay as they are (controller.go, createInvalidRolloutCondition).
    private async Task<Result> RefuseAsync(Rollout rollout, FieldError error, CancellationToken cancel)
    {
        var context = new RolloutContext(rollout, new ReplicaSetRoles([], null, null, [], []), [], time.GetUtcNow());
        var message = $"The Rollout \"{rollout.Metadata.Name}\" is invalid: {error.Message}";
        var status = StatusPatch.Clone(rollout.Status);
        if (RolloutConditions.Get(status, RolloutConditionType.InvalidSpec)?.Message != message)
        {
            logger.LogError("{Message}", message);
            RolloutConditions.Remove(status, RolloutConditionType.InvalidSpec);
            RolloutConditions.Set(
                status, RolloutConditions.New(RolloutConditionType.InvalidSpec, RolloutConditions.True, Reasons.InvalidSpec, message, context.Now));
        }

        await writer.PatchAsync(context, status, cancel);
        return Result.After(InvalidSpecCheck);
    }
}
