using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>Resizes a Deployment, also in the middle of a rolling update (<c>deployment/sync.go</c>, <c>scale</c>).</summary>
internal static class ProportionalScaling
{
    /// <summary>Whether the wanted size changed since the ReplicaSets were last scaled (<c>isScalingEvent</c>).</summary>
    public static bool IsNeeded(Rollout rollout)
        => rollout.All.Where(set => Rollout.SizeOf(set) > 0)
            .Any(set => Revisions.Number(set.Metadata.Annotations, Revisions.DesiredReplicas) is { } desired && desired != rollout.Replicas);

    public static IReadOnlyList<ScaleStep> Steps(Rollout rollout)
    {
        var active = rollout.All.Where(set => Rollout.SizeOf(set) > 0).ToList();
        if (active.Count <= 1)
        {
            var only = active.FirstOrDefault() ?? rollout.Current ?? rollout.Old.LastOrDefault();
            return only is null ? [] : [new ScaleStep(only, rollout.Replicas)];
        }

        if (IsSaturated(rollout))
        {
            return [.. rollout.Old.Where(set => Rollout.SizeOf(set) > 0).Select(set => new ScaleStep(set, 0))];
        }

        return RollingBounds.IsRollingUpdate(rollout.Deployment) ? Proportional(rollout, active) : [];
    }

    private static bool IsSaturated(Rollout rollout)
        => rollout.Current is { } current
            && Revisions.Number(current.Metadata.Annotations, Revisions.DesiredReplicas) == rollout.Replicas
            && Rollout.SizeOf(current) == rollout.Replicas
            && Rollout.AvailableOf(current) == rollout.Replicas;

    private static List<ScaleStep> Proportional(Rollout rollout, List<V1ReplicaSet> active)
    {
        var toAdd = rollout.MaxReplicas - Rollout.TotalSize(active);
        var ordered = (toAdd < 0
            ? active.OrderByDescending(Rollout.SizeOf).ThenBy(set => set.Metadata.CreationTimestamp)
            : active.OrderByDescending(Rollout.SizeOf).ThenByDescending(set => set.Metadata.CreationTimestamp)).ToList();
        var added = 0;
        var steps = new List<ScaleStep>();
        foreach (var set in ordered)
        {
            var share = toAdd == 0 ? 0 : Share(rollout, set, toAdd - added);
            added += share;
            steps.Add(new ScaleStep(set, Rollout.SizeOf(set) + share));
        }

        var leftover = toAdd - added;
        steps[0] = steps[0] with { Replicas = Math.Max(0, steps[0].Replicas + leftover) };
        return steps;
    }

    private static int Share(Rollout rollout, V1ReplicaSet set, int allowed)
    {
        if (allowed == 0)
        {
            return 0;
        }

        var fraction = Fraction(rollout, set);
        return allowed > 0 ? Math.Min(fraction, allowed) : Math.Max(fraction, allowed);
    }

    private static int Fraction(Rollout rollout, V1ReplicaSet set)
    {
        var size = Rollout.SizeOf(set);
        if (rollout.Replicas == 0)
        {
            return -size;
        }

        var sizedFor = Revisions.Number(set.Metadata.Annotations, Revisions.MaxReplicas) ?? rollout.Deployment.Status?.Replicas ?? 0;
        return sizedFor == 0
            ? 0
            : (int)Math.Round((double)size * rollout.MaxReplicas / sizedFor, MidpointRounding.AwayFromZero) - size;
    }
}
