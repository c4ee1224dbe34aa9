using System.Globalization;
using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>maxSurge and maxUnavailable as numbers of pods: surge rounded up, unavailable rounded down (utils/replicaset, resolveFenceposts).</summary>
internal static class RolloutFenceposts
{
    /// <summary>Pods allowed above spec.replicas; canary only.</summary>
    public static int MaxSurge(Rollout rollout) => rollout.Spec.Strategy.Canary is null ? 0 : Resolve(rollout).Surge;

    /// <summary>Pods that may be unavailable, at most spec.replicas. When both come to 0 for a canary, one may.</summary>
    public static int MaxUnavailable(Rollout rollout)
    {
        var replicas = Defaults.Replicas(rollout);
        if (replicas == 0)
        {
            return 0;
        }

        var unavailable = rollout.Spec.Strategy.Canary is null
            ? Scaled(Defaults.MaxUnavailable(rollout), replicas, roundUp: false)
            : Resolve(rollout).Unavailable;
        return Math.Min(unavailable, replicas);
    }

    /// <summary>A number, or that percentage of the replicas.</summary>
    public static int Scaled(IntOrString value, int replicas, bool roundUp)
    {
        var text = value.Value ?? "0";
        if (!text.EndsWith('%'))
        {
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
        }

        var percent = int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return roundUp ? (int)Math.Ceiling(percent * (double)replicas / 100) : (int)Math.Floor(percent * (double)replicas / 100);
    }

    private static (int Surge, int Unavailable) Resolve(Rollout rollout)
    {
        var replicas = Defaults.Replicas(rollout);
        var surge = Scaled(Defaults.MaxSurge(rollout), replicas, roundUp: true);
        var unavailable = Scaled(Defaults.MaxUnavailable(rollout), replicas, roundUp: false);
        return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable);
    }
}
