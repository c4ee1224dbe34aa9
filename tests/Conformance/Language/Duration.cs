namespace Conformance.Language;

/// <summary>Durations as scenarios write them.</summary>
public static class Duration
{
    /// <summary>Cluster time.</summary>
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
