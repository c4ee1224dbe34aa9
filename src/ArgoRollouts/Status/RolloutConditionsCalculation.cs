using ArgoRollouts.Canary;
using ArgoRollouts.Models;
using ArgoRollouts.Pausing;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using k8s.Models;

namespace ArgoRollouts.Status;

/// <summary>An event that a change of conditions calls for.</summary>
internal sealed record ConditionEvent(bool Warning, string Reason, string Message);

/// <summary>Works out the conditions of a status (rollout/sync.go, calculateRolloutConditions); returns the events to be told.</summary>
internal static class RolloutConditionsCalculation
{
    public static IReadOnlyList<ConditionEvent> Apply(RolloutContext context, RolloutStatus status)
    {
        var events = new List<ConditionEvent>();
        var paused = PauseContext.HasConditions(context.Rollout.Status) || context.Rollout.Spec.Paused;
        var aborted = context.Pause.IsAborted;
        var becameUnhealthy = SetHealthy(context, status, paused);
        if (aborted)
        {
            var message = Messages.RolloutAborted(context.Rollout.Metadata.Revision(), context.Pause.AbortMessage);
            if (Set(context, status, RolloutConditionType.Progressing, RolloutConditions.False, Reasons.RolloutAborted, message))
            {
                events.Add(new ConditionEvent(true, Reasons.RolloutAborted, message));
            }
        }
        else
        {
            SetProgressing(context, status, becameUnhealthy, events);
        }

        SetAvailable(context, status);
        SetReplicaFailure(context, status);
        var completed = RolloutProgress.Completed(status);
        if (Set(context, status, RolloutConditionType.Completed, completed ? RolloutConditions.True : RolloutConditions.False, Reasons.RolloutCompleted, Reasons.RolloutCompleted)
            && !completed)
        {
            events.Add(new ConditionEvent(
                false, Reasons.RolloutNotCompleted, Messages.RolloutNotCompleted(context.Rollout.Metadata.Revision(), status.CurrentPodHash ?? "")));
        }

        return events;
    }

    /// <summary>An analysis, experiment or pause step, or a pause: not a lack of progress however long it lasts.</summary>
    public static bool IsIndefinite(Rollout rollout)
        => CanarySteps.Current(rollout) is { Experiment: not null } or { Analysis: not null } or { Pause: not null }
           || RolloutConditions.Get(rollout.Status, RolloutConditionType.Paused)?.Status == RolloutConditions.True;

    // True when the Rollout was healthy and is no longer.
    private static bool SetHealthy(RolloutContext context, RolloutStatus status, bool paused)
    {
        if (!paused && RolloutProgress.Healthy(context.Rollout, status))
        {
            Set(context, status, RolloutConditionType.Healthy, RolloutConditions.True, Reasons.RolloutHealthy, Messages.Healthy);
            return false;
        }

        return RolloutConditions.Get(context.Rollout.Status, RolloutConditionType.Healthy) is not null
               && Set(context, status, RolloutConditionType.Healthy, RolloutConditions.False, Reasons.RolloutHealthy, Messages.NotHealthy);
    }

    private static void SetProgressing(RolloutContext context, RolloutStatus status, bool becameUnhealthy, List<ConditionEvent> events)
    {
        var rollout = context.Rollout;
        var set = context.NewRS?.Metadata.Name;
        if (RolloutProgress.Healthy(rollout, status))
        {
            var message = Messages.ReplicaSetCompleted(set ?? "");
            Set(context, status, RolloutConditionType.Progressing, RolloutConditions.True, Reasons.NewReplicaSetAvailable, message);
        }
        else if (RolloutProgress.Progressing(rollout, status) || becameUnhealthy)
        {
            // A promoted Rollout that lost pods starts its deadline anew.
            var lostPods = becameUnhealthy && status.StableRS == status.CurrentPodHash;
            var message = lostPods ? Messages.NotAvailable
                : set is null ? Messages.RolloutProgressing(rollout.Metadata.Name)
                : Messages.ReplicaSetProgressing(set);
            Renew(context, status, lostPods ? Reasons.ReplicaSetNotAvailable : Reasons.ReplicaSetUpdated, message);
        }
        else if (!IsIndefinite(rollout)
                 && !context.Sets.Others.Any(other => other.HasScaleDownDeadline())
                 && RolloutProgress.TimedOut(rollout, status, context.Now))
        {
            var message = set is null ? Messages.RolloutTimedOut(rollout.Metadata.Name) : Messages.ReplicaSetTimedOut(set);
            var changed = Set(context, status, RolloutConditionType.Progressing, RolloutConditions.False, Reasons.ProgressDeadlineExceeded, message);
            if (rollout.Spec.ProgressDeadlineAbort && (changed || !context.Pause.IsAborted))
            {
                context.Pause.AddAbort(message);
                events.Add(new ConditionEvent(true, Reasons.RolloutAborted, message));
            }
        }
    }

    // Progress moves lastUpdateTime even when the reason stays: the deadline counts from it.
    private static void Renew(RolloutContext context, RolloutStatus status, string reason, string message)
    {
        var condition = RolloutConditions.New(RolloutConditionType.Progressing, RolloutConditions.True, reason, message, context.Now);
        if (RolloutConditions.Get(context.Rollout.Status, RolloutConditionType.Progressing) is { } current)
        {
            condition.LastTransitionTime = current.Status == RolloutConditions.True ? current.LastTransitionTime : condition.LastTransitionTime;
            RolloutConditions.Remove(status, RolloutConditionType.Progressing);
        }

        RolloutConditions.Set(status, condition);
    }

    private static void SetAvailable(RolloutContext context, RolloutStatus status)
    {
        var available = context.Rollout.Spec.Strategy switch
        {
            { BlueGreen: not null } => context.Sets.All.WithHash(status.BlueGreen.ActiveSelector).IsSaturated(context.Rollout),
            { Canary: not null } => context.Sets.All.AvailableReplicas() >= context.Replicas,
            _ => false,
        };
        Set(
            context,
            status,
            RolloutConditionType.Available,
            available ? RolloutConditions.True : RolloutConditions.False,
            Reasons.Available,
            available ? Messages.Available : Messages.NotAvailable);
    }

    // The new set's failure to make pods goes before those of the others.
    private static void SetReplicaFailure(RolloutContext context, RolloutStatus status)
    {
        var failure = Failure(context.NewRS) ?? context.Sets.All.Select(Failure).FirstOrDefault(condition => condition is not null);
        if (failure is null)
        {
            RolloutConditions.Remove(status, RolloutConditionType.ReplicaFailure);
            return;
        }

        var since = failure.LastTransitionTime ?? MetaTimeConverter.Cut(context.Now);
        RolloutConditions.Set(status, new RolloutCondition
        {
            Type = failure.Type,
            Status = failure.Status,
            LastTransitionTime = since,
            LastUpdateTime = since,
            Reason = failure.Reason ?? "",
            Message = failure.Message ?? "",
        });
    }

    private static V1ReplicaSetCondition? Failure(V1ReplicaSet? set)
        => set?.Status?.Conditions?.FirstOrDefault(condition => condition.Type == RolloutConditionType.ReplicaFailure);

    private static bool Set(RolloutContext context, RolloutStatus status, string type, string value, string reason, string message)
        => RolloutConditions.Set(status, RolloutConditions.New(type, value, reason, message, context.Now));
}
