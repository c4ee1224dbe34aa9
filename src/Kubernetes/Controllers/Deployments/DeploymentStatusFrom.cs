using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>A Deployment's status as its ReplicaSets show it (<c>deployment/progress.go</c>, <c>calculateStatus</c>).</summary>
internal static class DeploymentStatusFrom
{
    public static V1DeploymentStatus Observed(Rollout rollout, DateTime now)
    {
        var status = Numbers(rollout);
        var conditions = rollout.Deployment.Status?.Conditions?.ToList() ?? [];
        if (status.AvailableReplicas.GetValueOrDefault() >= rollout.Replicas - rollout.Bounds.Unavailable)
        {
            DeploymentConditions.Set(
                conditions, DeploymentConditions.Available, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now);
        }
        else
        {
            DeploymentConditions.Set(
                conditions, DeploymentConditions.Available, "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now);
        }

        status.Conditions = conditions;
        return status;
    }

    /// <summary>Adds what a rollout in progress says of itself: advancing, complete, or out of time.</summary>
    public static void AddProgress(V1DeploymentStatus status, Rollout rollout, DateTime now)
    {
        var deployment = rollout.Deployment;
        var conditions = (List<V1DeploymentCondition>)status.Conditions;
        if (!DeploymentConditions.HasDeadline(deployment))
        {
            conditions.RemoveAll(condition => condition.Type == DeploymentConditions.Progressing);
        }

        var current = DeploymentConditions.Find(conditions, DeploymentConditions.Progressing);
        var settled = (status.Replicas ?? 0) == (status.UpdatedReplicas ?? 0) && current?.Reason == DeploymentConditions.NewReplicaSetAvailable;
        if (DeploymentConditions.HasDeadline(deployment) && !settled)
        {
            var subject = rollout.Current is { } set ? $"ReplicaSet \"{set.Metadata.Name}\"" : $"Deployment \"{deployment.Metadata.Name}\"";
            if (IsComplete(deployment, status))
            {
                Progress("True", DeploymentConditions.NewReplicaSetAvailable, $"{subject} has successfully progressed.");
            }
            else if (IsAdvancing(deployment.Status, status))
            {
                Progress("True", DeploymentConditions.ReplicaSetUpdated, $"{subject} is progressing.", refresh: true);
            }
            else if (HasTimedOut(deployment, status, now))
            {
                Progress("False", DeploymentConditions.ProgressDeadlineExceeded, $"{subject} has timed out progressing.");
            }
        }

        CopyReplicaFailure(conditions, rollout, now);

        void Progress(string value, string reason, string message, bool refresh = false)
            => DeploymentConditions.Set(conditions, DeploymentConditions.Progressing, value, reason, message, now, refresh);
    }

    public static bool IsComplete(V1Deployment deployment, V1DeploymentStatus status)
    {
        var replicas = deployment.Spec.Replicas ?? 1;
        return (status.UpdatedReplicas ?? 0) == replicas && (status.Replicas ?? 0) == replicas && (status.AvailableReplicas ?? 0) == replicas
            && status.ObservedGeneration >= deployment.Metadata.Generation;
    }

    /// <summary>When the rollout must be looked at again for its deadline; null when no deadline is running.</summary>
    public static DateTime? DeadlineAt(V1Deployment deployment, V1DeploymentStatus status)
    {
        var progressing = DeploymentConditions.Find(status.Conditions, DeploymentConditions.Progressing);
        return !DeploymentConditions.HasDeadline(deployment) || progressing?.LastUpdateTime is null || IsComplete(deployment, status)
            || progressing.Reason is DeploymentConditions.ProgressDeadlineExceeded or DeploymentConditions.NewReplicaSetAvailable
            ? null
            : progressing.LastUpdateTime.Value.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value);
    }

    public static bool Differs(V1DeploymentStatus? before, V1DeploymentStatus after)
        => before is null
            || before.ObservedGeneration != after.ObservedGeneration
            || (before.Replicas ?? 0) != (after.Replicas ?? 0)
            || (before.UpdatedReplicas ?? 0) != (after.UpdatedReplicas ?? 0)
            || (before.ReadyReplicas ?? 0) != (after.ReadyReplicas ?? 0)
            || (before.AvailableReplicas ?? 0) != (after.AvailableReplicas ?? 0)
            || (before.UnavailableReplicas ?? 0) != (after.UnavailableReplicas ?? 0)
            || (before.TerminatingReplicas ?? 0) != (after.TerminatingReplicas ?? 0)
            || before.CollisionCount != after.CollisionCount
            || !Keys(before.Conditions).SequenceEqual(Keys(after.Conditions));

    private static V1DeploymentStatus Numbers(Rollout rollout)
    {
        var available = Rollout.TotalAvailable(rollout.All);
        return new V1DeploymentStatus
        {
            ObservedGeneration = rollout.Deployment.Metadata.Generation,
            Replicas = Some(rollout.All.Sum(set => set.Status?.Replicas ?? 0)),
            UpdatedReplicas = Some(rollout.Current?.Status?.Replicas ?? 0),
            ReadyReplicas = Some(rollout.All.Sum(set => set.Status?.ReadyReplicas ?? 0)),
            AvailableReplicas = Some(available),
            UnavailableReplicas = Some(Math.Max(0, Rollout.TotalSize(rollout.All) - available)),
            TerminatingReplicas = rollout.All.Sum(set => set.Status?.TerminatingReplicas ?? 0),
            CollisionCount = rollout.Deployment.Status?.CollisionCount,
        };
    }

    private static bool IsAdvancing(V1DeploymentStatus? before, V1DeploymentStatus after)
    {
        var (updated, replicas) = (before?.UpdatedReplicas ?? 0, before?.Replicas ?? 0);
        var (nowUpdated, nowReplicas) = (after.UpdatedReplicas ?? 0, after.Replicas ?? 0);
        return nowUpdated > updated
            || nowReplicas - nowUpdated < replicas - updated
            || (after.ReadyReplicas ?? 0) > (before?.ReadyReplicas ?? 0)
            || (after.AvailableReplicas ?? 0) > (before?.AvailableReplicas ?? 0);
    }

    private static bool HasTimedOut(V1Deployment deployment, V1DeploymentStatus status, DateTime now)
    {
        var progressing = DeploymentConditions.Find(status.Conditions, DeploymentConditions.Progressing);
        return progressing?.Reason switch
        {
            null or DeploymentConditions.NewReplicaSetAvailable => false,
            DeploymentConditions.ProgressDeadlineExceeded => true,
            _ => now > progressing.LastUpdateTime?.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value),
        };
    }

    private static void CopyReplicaFailure(List<V1DeploymentCondition> conditions, Rollout rollout, DateTime now)
    {
        var failure = rollout.All.Reverse() // the current ReplicaSet's failure says most
            .SelectMany(set => set.Status?.Conditions ?? [])
            .FirstOrDefault(condition => condition.Type == DeploymentConditions.ReplicaFailure);
        if (failure is null)
        {
            conditions.RemoveAll(condition => condition.Type == DeploymentConditions.ReplicaFailure);
            return;
        }

        DeploymentConditions.Set(conditions, DeploymentConditions.ReplicaFailure, failure.Status, failure.Reason, failure.Message, now);
    }

    private static int? Some(int count) => count == 0 ? null : count;

    private static IEnumerable<object> Keys(IEnumerable<V1DeploymentCondition>? conditions)
        => (conditions ?? []).OrderBy(condition => condition.Type, StringComparer.Ordinal)
            .Select(condition => (object)(condition.Type, condition.Status, condition.Reason, condition.Message, condition.LastUpdateTime));
}
