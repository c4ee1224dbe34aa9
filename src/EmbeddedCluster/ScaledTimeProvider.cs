namespace EmbeddedCluster;

/// <summary>
/// A clock that runs <paramref name="speed"/> times as fast as the one below it: ten seconds of a delay pass in one.
/// It starts at the real time, so a cluster at speed 1 agrees with the world.
/// </summary>
/// <param name="speed">Seconds of this clock per second of the other; above 0.</param>
/// <param name="below">The clock it is made from; the system's when null.</param>
public sealed class ScaledTimeProvider(double speed, TimeProvider? below = null) : TimeProvider
{
    private readonly TimeProvider _below = below ?? System;
    private readonly DateTimeOffset _startTime = (below ?? System).GetUtcNow();
    private readonly long _startTimestamp = (below ?? System).GetTimestamp();

    /// <summary>A clock that agrees with another of the same speed, which showed <paramref name="reading"/> at the real moment <paramref name="at"/>.</summary>
    public ScaledTimeProvider(double speed, DateTimeOffset at, DateTimeOffset reading)
        : this(speed) => _startTime = reading + ((_startTime - at) * speed);

    public double Speed { get; } = speed > 0 ? speed : throw new ArgumentOutOfRangeException(nameof(speed), speed, "must be greater than 0");

    /// <summary>What this clock showed when it was made.</summary>
    public DateTimeOffset Start => _startTime;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => _below.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _startTime + (_below.GetElapsedTime(_startTimestamp) * Speed);

    public override long GetTimestamp() => _startTimestamp + (long)((_below.GetTimestamp() - _startTimestamp) * Speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => new ScaledTimer(_below.CreateTimer(callback, state, Scale(dueTime), Scale(period)), this);

    /// <summary>A time of this clock as a time of the one below; rounded up, so that nothing fires early.</summary>
    internal TimeSpan Scale(TimeSpan span)
        => span <= TimeSpan.Zero ? span : TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds / Speed));

    private sealed class ScaledTimer(ITimer timer, ScaledTimeProvider clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Scale(dueTime), clock.Scale(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
