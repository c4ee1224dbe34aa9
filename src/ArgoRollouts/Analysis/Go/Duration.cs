using Controllers.Runtime;

namespace ArgoRollouts.Analysis.Go;

/// <summary>time.Duration: whole nanoseconds.</summary>
public readonly record struct Duration(long Nanoseconds)
{
    public static Duration From(TimeSpan span) => new(span.Ticks * TimeSpan.NanosecondsPerTick);

    public TimeSpan ToTimeSpan() => new(Nanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>time.ParseDuration: "1h30m", "-1.5h", "300ms".</summary>
    /// <exception cref="GoPanicException">In the words of time.ParseDuration.</exception>
    public static Duration Parse(string text) => GoDuration.TryParse(text, out var span, out var error) ? From(span) : throw new GoPanicException(error);

    /// <summary>As time.Duration prints itself: "1h30m0s", "1.5s", "300ms", "0s".</summary>
    public override string ToString()
    {
        var magnitude = Math.Abs((decimal)Nanoseconds);
        var sign = Nanoseconds < 0 ? "-" : "";
        if (magnitude < 1_000_000_000)
        {
            return magnitude switch
            {
                0 => "0s",
                < 1_000 => $"{sign}{magnitude:0}ns",
                < 1_000_000 => $"{sign}{magnitude / 1_000:0.###}µs",
                _ => $"{sign}{magnitude / 1_000_000:0.######}ms",
            };
        }
        var seconds = $"{magnitude % 60_000_000_000 / 1_000_000_000:0.#########}s";
        var minutes = (long)(magnitude / 60_000_000_000);
        return minutes switch
        {
            0 => sign + seconds,
            < 60 => $"{sign}{minutes}m{seconds}",
            _ => $"{sign}{minutes / 60}h{minutes % 60}m{seconds}",
        };
    }
}
