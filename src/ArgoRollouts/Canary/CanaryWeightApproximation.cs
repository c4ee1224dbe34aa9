namespace ArgoRollouts.Canary;

/// <summary>
/// The numbers of canary and stable replicas that come nearest to a weight: rounding up, down, and, when a surge is allowed, also out of
/// one replica more (utils/replicaset/canary.go, approximateWeightedCanaryStableReplicaCounts).
/// </summary>
internal static class CanaryWeightApproximation
{
    /// <summary>
    /// Between 1 % and 99 % neither side gets none, as long as there is more than one replica, surge included. The sum is
    /// <paramref name="replicas"/>, or one more. Of equally near numbers the earlier option wins, and a tie of rounding goes up.
    /// </summary>
    public static (int Canary, int Stable) Of(int replicas, int weight, int maxWeight, int maxSurge)
    {
        if (replicas == 0)
        {
            return (0, 0);
        }

        var ceiling = (int)Math.Ceiling(replicas * weight / (double)maxWeight);
        var floor = (int)Math.Floor(replicas * weight / (double)maxWeight);
        var zeroAllowed = weight == maxWeight || weight == 0 || (replicas == 1 && maxSurge == 0);
        var floorAllowed = floor != 0 || zeroAllowed;

        var options = new List<(int Canary, int Total)>();
        if (ceiling < replicas || zeroAllowed)
        {
            options.Add((ceiling, replicas));
        }

        if (floorAllowed && !IsTied(replicas, weight, maxWeight))
        {
            options.Add((floor, replicas));
        }

        if (maxSurge > 0)
        {
            options.Add((ceiling, replicas + 1));
            if (floorAllowed && !IsTied(replicas + 1, weight, maxWeight))
            {
                options.Add((floor, replicas + 1));
            }
        }

        if (options.Count == 0)
        {
            return (0, replicas);
        }

        var (canary, total) = options.MinBy(option => Math.Abs((option.Canary * maxWeight / (double)option.Total) - weight));
        return (canary, total - canary);
    }

    // e.g. 3 replicas at 50 %: 1 and 2 are equally far away
    private static bool IsTied(int replicas, int weight, int maxWeight)
    {
        var exact = replicas * (weight / (double)maxWeight);
        return exact - Math.Truncate(exact) == 0.5;
    }
}
