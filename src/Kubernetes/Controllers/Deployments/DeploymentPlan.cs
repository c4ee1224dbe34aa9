using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>
/// What one Deployment needs in one pass (<c>deployment_controller.go</c>, <c>syncDeployment</c>): the ReplicaSet to create,
/// ReplicaSets to change or delete, its status, and when to look again.
/// </summary>
internal sealed record DeploymentPlan
{
    /// <summary>Size of the ReplicaSet to create for the current template, or null.</summary>
    public int? CreateWithReplicas { get; init; }

    /// <summary>Sizes to set. A step that keeps the size brings the annotations up to date.</summary>
    public IReadOnlyList<ScaleStep> Scale { get; init; } = [];

    /// <summary>ReplicaSets beyond the history limit.</summary>
    public IReadOnlyList<V1ReplicaSet> Delete { get; init; } = [];

    /// <summary>Annotations of the current ReplicaSet, when they must change.</summary>
    public IDictionary<string, string>? CurrentAnnotations { get; init; }

    /// <summary>The revision that the Deployment itself should show, when it must change.</summary>
    public string? DeploymentRevision { get; init; }

    public V1DeploymentStatus? Status { get; init; }

    public DateTime? LookAgainAt { get; init; }

    /// <param name="rollout">The Deployment and its ReplicaSets.</param>
    /// <param name="oldPodsRunning">Whether a pod of an old ReplicaSet is not finished yet; matters to Recreate.</param>
    /// <param name="now">The moment of the decision.</param>
    public static DeploymentPlan For(Rollout rollout, bool oldPodsRunning, DateTime now)
    {
        var deployment = rollout.Deployment;
        if (deployment.Metadata.DeletionTimestamp is not null)
        {
            return WithStatus(new DeploymentPlan(), rollout, progress: false, now);
        }

        var plan = CurrentRevision(rollout);
        if (deployment.Spec.Paused == true || ProportionalScaling.IsNeeded(rollout))
        {
            plan = plan with
            {
                Scale = Changing(ProportionalScaling.Steps(rollout), rollout),
                Delete = deployment.Spec.Paused == true ? History(rollout) : [],
            };
            return WithStatus(plan, rollout, progress: false, now);
        }

        plan = RollingBounds.IsRollingUpdate(deployment) ? Rolling(plan, rollout) : Recreate(plan, rollout, oldPodsRunning);
        plan = WithStatus(plan, rollout, progress: true, now);
        var idle = plan.Scale.Count == 0 && plan.CreateWithReplicas is null;
        return idle && DeploymentStatusFrom.IsComplete(deployment, plan.Status!) ? plan with { Delete = History(rollout) } : plan;
    }

    private static DeploymentPlan CurrentRevision(Rollout rollout)
    {
        if (rollout.Current is not { } current)
        {
            return new DeploymentPlan();
        }

        var annotations = Revisions.ForCurrent(rollout.Deployment, current.Metadata.Annotations, rollout.NextRevision);
        var revision = annotations.GetValueOrDefault(Revisions.Revision);
        return new DeploymentPlan
        {
            CurrentAnnotations = annotations.SameAs(current.Metadata.Annotations) ? null : annotations,
            DeploymentRevision = rollout.Deployment.Metadata.Annotations?.TryGetValue(Revisions.Revision, out var shown) == true && shown == revision
                ? null
                : revision,
        };
    }

    private static DeploymentPlan Rolling(DeploymentPlan plan, Rollout rollout)
        => rollout.Current is null
            ? plan with { CreateWithReplicas = RollingUpdate.CurrentSize(rollout, 0) }
            : plan with { Scale = Changing(RollingUpdate.Steps(rollout), rollout) };

    private static DeploymentPlan Recreate(DeploymentPlan plan, Rollout rollout, bool oldPodsRunning)
    {
        var shrinking = rollout.Old.Where(set => Rollout.SizeOf(set) > 0).Select(set => new ScaleStep(set, 0)).ToList();
        if (shrinking.Count > 0)
        {
            return plan with { Scale = shrinking };
        }

        if (oldPodsRunning || rollout.Old.Any(set => (set.Status?.Replicas ?? 0) > 0))
        {
            return plan;
        }

        return rollout.Current is null
            ? plan with { CreateWithReplicas = rollout.Replicas }
            : plan with { Scale = Changing([new ScaleStep(rollout.Current, rollout.Replicas)], rollout) };
    }

    private static DeploymentPlan WithStatus(DeploymentPlan plan, Rollout rollout, bool progress, DateTime now)
    {
        var deployment = rollout.Deployment;
        var status = DeploymentStatusFrom.Observed(rollout, now);
        var conditions = (List<V1DeploymentCondition>)status.Conditions;
        if (DeploymentConditions.HasDeadline(deployment))
        {
            var progressing = DeploymentConditions.Find(conditions, DeploymentConditions.Progressing);
            PauseOrResume(deployment, progressing, conditions, now);
            if (progressing is null && rollout.Current is { } current && deployment.Spec.Paused != true)
            {
                DeploymentConditions.Set(
                    conditions, DeploymentConditions.Progressing, "True", DeploymentConditions.FoundNewReplicaSet,
                    $"Found new replica set \"{current.Metadata.Name}\"", now);
            }
        }

        if (progress)
        {
            DeploymentStatusFrom.AddProgress(status, rollout, now);
        }

        return plan with { Status = status, LookAgainAt = progress ? DeploymentStatusFrom.DeadlineAt(deployment, status) : null };
    }

    private static void PauseOrResume(
        V1Deployment deployment, V1DeploymentCondition? progressing, List<V1DeploymentCondition> conditions, DateTime now)
    {
        if (progressing?.Reason == DeploymentConditions.ProgressDeadlineExceeded)
        {
            return; // a failed rollout stays so
        }

        if (deployment.Spec.Paused == true)
        {
            DeploymentConditions.Set(
                conditions, DeploymentConditions.Progressing, "Unknown", DeploymentConditions.DeploymentPaused, "Deployment is paused", now);
        }
        else if (progressing?.Reason == DeploymentConditions.DeploymentPaused)
        {
            DeploymentConditions.Set(
                conditions, DeploymentConditions.Progressing, "Unknown", DeploymentConditions.DeploymentResumed, "Deployment is resumed", now);
        }
    }

    private static IReadOnlyList<ScaleStep> Changing(IReadOnlyList<ScaleStep> steps, Rollout rollout)
        => [.. steps.Where(step => Rollout.SizeOf(step.Set) != step.Replicas || NeedsAnnotations(step.Set, rollout))];

    private static bool NeedsAnnotations(V1ReplicaSet set, Rollout rollout)
        => Revisions.Number(set.Metadata.Annotations, Revisions.DesiredReplicas) != rollout.Replicas
            || Revisions.Number(set.Metadata.Annotations, Revisions.MaxReplicas) != rollout.Replicas + rollout.Bounds.Surge;

    private static IReadOnlyList<V1ReplicaSet> History(Rollout rollout)
    {
        if (rollout.Deployment.Spec.RevisionHistoryLimit is not { } limit || limit == int.MaxValue)
        {
            return [];
        }

        var old = rollout.Old.Where(set => set.Metadata.DeletionTimestamp is null).OrderBy(Revisions.Of).ToList();
        return
        [
            .. old.Take(Math.Max(0, old.Count - limit)).Where(set =>
                (set.Status?.Replicas ?? 0) == 0 && Rollout.SizeOf(set) == 0 && set.Metadata.Generation <= (set.Status?.ObservedGeneration ?? 0)),
        ];
    }
}
