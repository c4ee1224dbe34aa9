namespace EmbeddedCluster.Images.Prometheus;

/// <summary>
/// The relation between the cluster's clock and the real one: both agree at <paramref name="Start"/>, and the cluster's runs
/// <paramref name="Speed"/> times as fast since. Moments are Unix seconds, as in Prometheus' API.
/// </summary>
internal sealed record TimeScale(DateTimeOffset Start, double Speed)
{
    /// <summary>The scale of a cluster's clock; any clock but a scaled one is the real one.</summary>
    public static TimeScale Of(TimeProvider clock)
        => clock is ScaledTimeProvider scaled ? new TimeScale(scaled.Start, scaled.Speed) : new TimeScale(DateTimeOffset.UnixEpoch, 1);

    /// <summary>Whether the two clocks are the same.</summary>
    public bool IsReal => Speed == 1;

    /// <summary><see cref="Start"/> in Unix seconds, to the millisecond.</summary>
    public double StartSeconds => Start.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>The real moment of a moment of the cluster.</summary>
    public double ToReal(double clusterSeconds) => StartSeconds + ((clusterSeconds - StartSeconds) / Speed);

    /// <summary>The cluster's moment of a real one.</summary>
    public double ToCluster(double realSeconds) => StartSeconds + ((realSeconds - StartSeconds) * Speed);

    /// <summary>
    /// How long a span of the cluster takes in reality, in Prometheus' resolution of a millisecond: never shortened to nothing, because a
    /// range of 0 is an error there.
    /// </summary>
    public TimeSpan ToReal(TimeSpan span)
        => span == TimeSpan.Zero
            ? span
            : TimeSpan.FromMilliseconds(Math.Max(1, Math.Round(span.TotalMilliseconds / Speed, MidpointRounding.AwayFromZero)));
}
