using System.Net;

namespace DemoApp;

/// <summary>How one instance of the demo serves.</summary>
public sealed record DemoOptions
{
    public required IPEndPoint Listen { get; init; }

    /// <summary>The colour it answers; null: a random one each time.</summary>
    public string? Color { get; init; }

    /// <summary>Delay of every answer in seconds; upstream drops the fraction.</summary>
    public double LatencySeconds { get; init; }

    /// <summary>
    /// Percent of answers that are <em>not</em> errors; 0 is no errors. Upstream's comparison is that way round (<c>rand.Intn(100) &gt;= errorRate</c>),
    /// so a <c>bad-*</c> image, built with 15, fails in 85 of 100 answers.
    /// </summary>
    public int ErrorRate { get; init; }

    /// <summary>How long it goes on serving after it was told to stop, so that traffic can move away first.</summary>
    public TimeSpan TerminationDelay { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Random Random { get; init; } = new(Guid.NewGuid().GetHashCode());

    public TextWriter Log { get; init; } = TextWriter.Null;
}
